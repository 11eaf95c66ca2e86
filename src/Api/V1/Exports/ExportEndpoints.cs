using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.V1.Description;
using ImageSearch.Api.V1.Downloads;
using ImageSearch.Api.V1.Items;
using ImageSearch.Api.V1.Requests;
using ImageSearch.Api.V1.Tables;
using ImageSearch.Filtering;

namespace ImageSearch.Api.V1.Exports;

/// <summary><c>/v1/tables/{table}/export</c>: a table as a list that imports again.</summary>
internal static class ExportEndpoints
{
    private static readonly string[] Known = QueryParameters.NamesOf(QueryParameters.Export);

    public static void MapExport(RouteGroupBuilder group) =>
        group.MapGet("/tables/{table}/export", ExportAsync).RequireLease(CallCost.Cheap).RequiresRead()
            .WithSummary("All items of a table, one JSON object per line, which POST /v1/tables/{table}/imports takes")
            .WithDescription("vectors=true (default) or false; pictures=true adds the thumbnails and pictures that are kept; filter. A connection that breaks off has not sent all.")
            .WithExamples(null, ExportExamples.Line).Produces<ItemAnswer>(contentType: LineDownload.MediaType);

    private static async Task<IResult> ExportAsync(
        string table, HttpContext context, IGrainFactory grains, TableLookup tables, RequestLimiter limiter, TimeProvider time,
        IHostApplicationLifetime host)
    {
        if (!TableNames.Parse(context, table).TryGet(out var name, out var failure)
            || !Body.Query(context, Known).TryGet(out var members, out failure)
            || !members.Boolean("vectors").TryGet(out var vectors, out failure)
            || !members.Boolean("pictures").TryGet(out var withPictures, out failure)
            || !members.Text("filter", FilterParser.MaxLength).TryGet(out var filter, out failure))
            return V1Results.Error(failure);
        var query = new ItemListQuery(filter, "id", Descending: false, After: null, Count: 1);
        var check = await tables.ReadAsync(name, status => QuerySchema.CheckList(status, query), context.RequestAborted);
        if (!check.TryGet(out var found, out failure)) return V1Results.Error(failure);
        var pictures = withPictures == true
            ? new ExportPictures(name, grains.GetGrain<IKeptPictureGrain>(IKeptPictureGrain.Key), limiter, time)
            : null;
        var pages = ExportPages.Of(grains.Items(name), filter, vectors == false ? null : found.Table.Model.Dimension, pictures);
        return (await pages.ReadAsync(context.RequestAborted)).TryGet(out var first, out failure)
            ? new TableExport(name, pages, pictures, first, limiter, time, host)
            : V1Results.Error(failure);
    }
}
