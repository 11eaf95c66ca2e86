using ImageSearch.Api.Http;
using ImageSearch.Api.V1.Audit;
using ImageSearch.Api.V1.Backups;
using ImageSearch.Api.V1.Batches;
using ImageSearch.Api.V1.Description;
using ImageSearch.Api.V1.Duplicates;
using ImageSearch.Api.V1.Exports;
using ImageSearch.Api.V1.Figures;
using ImageSearch.Api.V1.Imports;
using ImageSearch.Api.V1.Items;
using ImageSearch.Api.V1.Keys;
using ImageSearch.Api.V1.Pictures;
using ImageSearch.Api.V1.Problems;
using ImageSearch.Api.V1.Reembedding;
using ImageSearch.Api.V1.Requests;
using ImageSearch.Api.V1.Search;
using ImageSearch.Api.V1.Tables;

namespace ImageSearch.Api.V1;

/// <summary><c>/v1</c>: the native API.</summary>
internal static class V1Endpoints
{
    public static void AddNativeApi(this IServiceCollection services)
    {
        services.AddSingleton<TableWriter>();
        services.AddSingleton<ItemWriter>();
        services.AddSingleton<BatchRunner>();
        services.AddSingleton<BatchMetrics>();
        services.AddSingleton<SearchRunner>();
        services.AddSingleton<KeyWriter>();
    }

    public static void MapNativeApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapApi("/v1", new V1ErrorWriter()).AddEndpointFilter(new ExactPathFilter()).WithDescriptions();
        TableEndpoints.MapTables(group);
        TableListEndpoints.MapTableList(group);
        ItemEndpoints.MapItems(group);
        RowEndpoints.MapRows(group);
        ItemListEndpoints.MapItemList(group);
        BatchEndpoints.MapBatch(group);
        SearchEndpoints.MapSearch(group);
        ExportEndpoints.MapExport(group);
        DuplicateEndpoints.MapDuplicates(group);
        ImportEndpoints.MapImports(group);
        ImportListEndpoints.MapImportList(group);
        BackupEndpoints.MapBackups(group);
        KeyEndpoints.MapKeys(group);
        KeyListEndpoints.MapKeyList(group);
        AuditEndpoints.MapAudit(group);
        FigureEndpoints.MapFigures(group);
        ReembedEndpoints.MapReembedding(group);
        ProblemEndpoints.MapProblems(group);
        PictureEndpoints.MapPictures(group);
    }
}
