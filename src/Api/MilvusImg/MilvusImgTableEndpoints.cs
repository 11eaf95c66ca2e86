using ImageSearch.Api.Http;
using ImageSearch.Api.Http.Fields;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Pictures;

namespace ImageSearch.Api.MilvusImg;

/// <summary>The calls of <c>/milvus/img/*</c> that name a table in the query string.</summary>
internal static class MilvusImgTableEndpoints
{
    // The document prints load??table=T, so clients send a parameter named "?table".
    private const string MisprintedName = "?table";

    private static readonly Failure IdNotExist = new(FailureCode.IdNotFound, "id not exist");

    public static void MapTables(RouteGroupBuilder group)
    {
        group.MapPost("/table", CreateAsync).WithSummary("Create a table").Produces<MilvusImgData<object>>();
        group.MapPost("/drop", DropAsync).WithSummary("Drop a table with all its pictures").Produces<MilvusImgDone>();
        group.MapPost("/load", LoadAsync).WithSummary("Index every row with upload_status 0").Produces<MilvusImgDone>();
        group.MapGet("/count", CountAsync).WithSummary("Count the searchable rows").Produces<MilvusImgData<long>>();
        group.MapPost("/delete", DeleteAsync).WithSummary("Delete one picture").Produces<MilvusImgDone>();
    }

    public static Task<IResult> CreateAsync(HttpContext context, PictureTables tables, string? table = null) =>
        OnTableAsync(
            context, table, async name => (await tables.CreateAsync(name, context.RequestAborted)).Answer(_ => MilvusImgErrorWriter.Data<object>(null)));

    public static Task<IResult> DropAsync(HttpContext context, PictureTables tables, string? table = null) =>
        OnTableAsync(context, table, async name => (await tables.DropAsync(name, context.RequestAborted)).Answer(_ => MilvusImgErrorWriter.Done()));

    public static Task<IResult> LoadAsync(HttpContext context, PictureTables tables, string? table = null) =>
        OnTableAsync(
            context, table, async name => (await tables.LoadAsync(name, context.RequestAborted)).Answer(_ => MilvusImgErrorWriter.Done()), CallCost.Load);

    public static Task<IResult> CountAsync(HttpContext context, PictureTables tables, string? table = null) =>
        OnTableAsync(context, table, async name => (await tables.CountAsync(name, context.RequestAborted)).Answer(MilvusImgErrorWriter.Data));

    public static Task<IResult> DeleteAsync(HttpContext context, PictureTables tables, string? id = null, string? table = null)
    {
        string[] missing = [.. Missing(("id", id), ("table", table ?? MisprintedTable(context)))];
        if (missing.Length > 0) return Task.FromResult(MilvusImgErrorWriter.Missing(missing));
        return OnTableAsync(
            context,
            table,
            async name =>
            {
                // An id that is no number is an id that does not exist; the table is looked at first, as for any other id.
                long[] ids = RowId.Parse(id!) is { } row ? [row] : [];
                var deleted = await tables.DeleteByIdsAsync(name, ids, context.RequestAborted);
                return deleted.Answer(count => count > 0 ? MilvusImgErrorWriter.Done() : MilvusImgErrorWriter.Refuse(IdNotExist));
            });
    }

    internal static IResult Answer<T>(this Result<T> result, Func<T, IResult> success) =>
        result.TryGet(out var value, out var failure) ? success(value) : MilvusImgErrorWriter.Refuse(failure);

    private static async Task<IResult> OnTableAsync(
        HttpContext context, string? table, Func<TableName, Task<IResult>> call, CallCost cost = CallCost.Cheap)
    {
        using var place = context.Enter(cost);
        if (QueryFields.WhyRefused(context.Request.QueryString, "id", "table", MisprintedName) is { } wrong) return MilvusImgErrorWriter.Refuse(wrong);
        table ??= MisprintedTable(context);
        if (table is null) return MilvusImgErrorWriter.Missing(["table"]);
        return TableName.Parse(table).TryGet(out var name, out var failure) ? await call(name) : MilvusImgErrorWriter.Refuse(failure);
    }

    private static string? MisprintedTable(HttpContext context) =>
        context.Request.Query.TryGetValue(MisprintedName, out var table) ? table.ToString() : null;

    private static IEnumerable<string> Missing(params (string Name, string? Value)[] parameters) =>
        parameters.Where(parameter => parameter.Value is null).Select(parameter => parameter.Name);
}
