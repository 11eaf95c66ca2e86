using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.V1.Description;
using ImageSearch.Api.V1.Requests;
using ImageSearch.Api.V1.Tables;
using ImageSearch.Filtering;

namespace ImageSearch.Api.V1.Items;

/// <summary><c>/v1/tables/{table}/items</c>: items by page.</summary>
internal static class ItemListEndpoints
{
    /// <summary>Items on a page by default.</summary>
    public const int DefaultLimit = 100;

    private static readonly string[] Known = QueryParameters.NamesOf(QueryParameters.Items);

    public static void MapItemList(RouteGroupBuilder group) =>
        group.MapGet("/tables/{table}/items", ListAsync).RequireLease(CallCost.Cheap).RequiresRead()
            .WithSummary("Items by page, with filter and order").WithExamples(null, ItemExamples.List).Produces<ItemsAnswer>();

    private static async Task<IResult> ListAsync(string table, HttpContext context, IGrainFactory grains, TableLookup tables)
    {
        if (!TableNames.Parse(context, table).TryGet(out var name, out var failure)
            || !Body.Query(context, Known).TryGet(out var members, out failure)
            || !FieldSelection.Read(members).TryGet(out var fields, out failure)
            || !ReadQuery(members).TryGet(out var query, out failure))
            return V1Results.Error(failure);
        var check = await tables.ReadAsync(name, status => QuerySchema.CheckList(status, query), context.RequestAborted);
        if (!check.TryGet(out _, out failure)
            || !(await grains.Items(name).ListItemsAsync(query, context.RequestAborted)).TryGet(out var page, out failure))
            return V1Results.Error(failure);
        var next = page.Next is null ? null : Cursor.OfItem(page.Next, HashOf(query));
        return WireJson.Answer(new ItemsAnswer([.. page.Items.Select(item => ItemAnswer.Of(item, fields))], next), V1Json.Wire.ItemsAnswer);
    }

    private static Result<ItemListQuery> ReadQuery(Members members)
    {
        if (!members.Text("filter", FilterParser.MaxLength).TryGet(out var filter, out var failure)
            || !OrderBy.OfList(members).TryGet(out var order, out failure)
            || !members.Integer("limit", 1, ItemListQuery.MaxCount).TryGet(out var limit, out failure)
            || !members.Boolean("vector").TryGet(out var withVectors, out failure)
            || !members.Text("cursor", Cursor.MaxLength).TryGet(out var cursor, out failure))
            return failure;
        var query = new ItemListQuery(filter, order.Field, order.IsDescending, null, (int)(limit ?? DefaultLimit), withVectors == true);
        return Cursor.ReadItem(cursor, HashOf(query)).TryGet(out var after, out failure) ? query with { After = after } : failure;
    }

    private static RequestHash HashOf(ItemListQuery query) => RequestHash.Of(query.Filter, query.Order, query.Descending ? "desc" : "asc");
}
