using ImageSearch.Api.Http;
using ImageSearch.Api.Http.Fields;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.Security.Keys;

namespace ImageSearch.Api.MilvusImg;

/// <summary>The calls of <c>/milvus/img/*</c> with a table in the query string.</summary>
internal static class MilvusImgTableEndpoints
{
    public static void MapTables(RouteGroupBuilder group)
    {
        group.MapPost("/table", CreateAsync).RequireLease(CallCost.Cheap).RequiresAdmin("table.create")
            .WithSummary("Create a table").Produces<MilvusImgData<object>>();
        group.MapPost("/drop", DropAsync).RequireLease(CallCost.Cheap).RequiresAdmin("table.drop")
            .WithSummary("Drop a table with all its pictures").Produces<MilvusImgDone>();
        group.MapPost("/load", LoadAsync).RequireLease(CallCost.Load).RequiresAdmin("table.load")
            .WithSummary("Index every row with upload_status 0").Produces<MilvusImgDone>();
        group.MapGet("/count", CountAsync).RequireLease(CallCost.Cheap).RequiresRead()
            .WithSummary("Count the searchable rows").Produces<MilvusImgData<long>>();
        group.MapPost("/delete", DeleteAsync).RequireLease(CallCost.Cheap).RequiresWrite()
            .WithSummary("Delete one picture").Produces<MilvusImgDone>();
    }

    private static async Task<IResult> CreateAsync(
        HttpContext context, IGrainFactory grains, TableLookup tables, KeyQuota quota, string? table = null)
    {
        if (MilvusImgQuery.Table(context, table, out var name) is { } error) return error;
        if (await quota.CheckTableAsync(Caller.Of(context), name, context.RequestAborted) is { } full) return MilvusImgResults.Error(full);
        try
        {
            return MilvusImgResults.Answer(await grains.Table(name).CreateAsync(model: null, context.RequestAborted), _ => MilvusImgResults.NoData());
        }
        finally
        {
            tables.Invalidate(name);
        }
    }

    private static async Task<IResult> DropAsync(HttpContext context, IGrainFactory grains, TableLookup tables, string? table = null)
    {
        if (MilvusImgQuery.Table(context, table, out var name) is { } error) return error;
        try
        {
            return MilvusImgResults.Answer(await grains.Table(name).DropAsync(context.RequestAborted), _ => MilvusImgResults.Done());
        }
        finally
        {
            tables.Invalidate(name);
        }
    }

    private static async Task<IResult> LoadAsync(HttpContext context, IGrainFactory grains, string? table = null)
    {
        if (MilvusImgQuery.Table(context, table, out var name) is { } error) return error;
        return MilvusImgResults.Answer(await grains.Table(name).LoadAsync(context.RequestAborted), _ => MilvusImgResults.Done());
    }

    private static async Task<IResult> CountAsync(HttpContext context, IGrainFactory grains, string? table = null)
    {
        if (MilvusImgQuery.Table(context, table, out var name) is { } error) return error;
        return MilvusImgResults.Answer(await grains.Table(name).CountAsync(context.RequestAborted), MilvusImgResults.Count);
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, IGrainFactory grains, string? id = null, string? table = null)
    {
        if (MilvusImgQuery.IdAndTable(context, id, table, out var name) is { } error) return error;
        // Text that is not a number is the id of no row. The table is checked first, as for any other id.
        long[] ids = WholeNumber.Parse(id) is { } row ? [row] : [];
        var deleted = await grains.Table(name).DeleteByIdsAsync(ids, context.RequestAborted);
        return MilvusImgResults.Answer(deleted, count => count > 0 ? MilvusImgResults.Done() : MilvusImgResults.IdNotFound());
    }
}
