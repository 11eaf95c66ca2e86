using System.Buffers.Text;
using System.Text;
using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.V1.Description;
using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Tables;

/// <summary><c>/v1/tables</c>: the list of tables.</summary>
internal static class TableListEndpoints
{
    /// <summary>Tables on a page by default.</summary>
    public const int DefaultLimit = 100;

    /// <summary>Maximum number of tables on a page with their sizes.</summary>
    public const int MaxLimitWithSizes = 100;

    // A size is a call of the table's grain, which may be on another silo.
    private const int ConcurrentSizes = 8;

    private static readonly string[] Known = QueryParameters.NamesOf(QueryParameters.Tables);

    public static void MapTableList(RouteGroupBuilder group) =>
        group.MapGet("/tables", ListAsync).RequireLease(CallCost.Cheap).RequiresRead()
            .WithSummary("Tables by name").WithExamples(null, TableExamples.List).Produces<TablesAnswer>();

    private static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains)
    {
        if (!Body.Query(context, Known).TryGet(out var query, out var failure)
            || !query.Boolean("sizes").TryGet(out var sizes, out failure)
            || !query.Integer("limit", 1, sizes == true ? MaxLimitWithSizes : ITableListGrain.MaxCount).TryGet(out var limit, out failure)
            || !After(query).TryGet(out var after, out failure))
            return V1Results.Error(failure);
        var count = (int)(limit ?? DefaultLimit);
        // One more is read, which shows whether there is another page.
        var listed = await TableList.ReadAsync(
            grains, Caller.Of(context), after, Math.Min(count + 1, ITableListGrain.MaxCount), context.RequestAborted);
        if (!listed.TryGet(out var tables, out failure)) return V1Results.Error(failure);
        var page = tables.Take(count).ToList();
        var isMore = tables.Count > count || (count == ITableListGrain.MaxCount && tables.Count == count);
        var next = isMore ? Base64Url.EncodeToString(Encoding.ASCII.GetBytes(page[^1].Name.Value)) : null;
        var answers = page.ConvertAll(TableAnswer.Of);
        if (sizes == true) await AddSizesAsync(grains, page, answers, context.RequestAborted);
        return WireJson.Answer(new TablesAnswer(answers, next), V1Json.Wire.TablesAnswer);
    }

    // A table that can't be measured has no sizes.
    private static Task AddSizesAsync(
        IGrainFactory grains, List<TableStatus> tables, List<TableAnswer> answers, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, tables.Count),
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentSizes, CancellationToken = cancellationToken },
            async (i, cancellation) =>
            {
                if ((await grains.Items(tables[i].Name).MeasureAsync(cancellation)).TryGet(out var size, out _)) answers[i] = TableAnswer.Of(size);
            });

    private static Result<string?> After(Members query)
    {
        if (!query.Text("cursor", Cursor.MaxLength).TryGet(out var cursor, out var failure)) return failure;
        if (cursor is null) return (string?)null;
        return Base64Url.IsValid(cursor) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)) is var name && TableAccess.IsName(name)
            ? name
            : Cursor.Invalid(cursor);
    }
}
