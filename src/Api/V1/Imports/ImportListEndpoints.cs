using System.Globalization;
using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.V1.Description;
using ImageSearch.Api.V1.Requests;
using ImageSearch.Api.V1.Tables;

namespace ImageSearch.Api.V1.Imports;

/// <summary><c>/v1/imports</c>: the list of imports.</summary>
internal static class ImportListEndpoints
{
    /// <summary>Imports on a page by default.</summary>
    public const int DefaultLimit = 100;

    private static readonly string[] Known = QueryParameters.NamesOf(QueryParameters.Imports);

    public static void MapImportList(RouteGroupBuilder group) =>
        group.MapGet("/imports", ListAsync).RequireLease(CallCost.Cheap).RequiresRead()
            .WithSummary("Imports, newest first, of all tables or one, in any state or one")
            .WithExamples(null, ImportExamples.List).Produces<ImportsAnswer>();

    private static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains)
    {
        if (!Body.Query(context, Known).TryGet(out var members, out var failure) || !ReadQuery(context, members).TryGet(out var query, out failure))
            return V1Results.Error(failure);
        // A silo of an older version, during an update, lists imports into all tables.
        var caller = Caller.Of(context);
        var list = grains.GetGrain<IImportListGrain>(IImportListGrain.Key);
        return V1Results.Answer(
            await list.ListPageAsync(query, context.RequestAborted),
            page => new ImportsAnswer(
                [.. page.Imports.Where(import => caller.Covers(import.Table)).Select(ImportAnswer.Of)],
                page.Next is { } next ? Cursor.OfItem(new ItemPosition($"{next.Began} {next.Id}", 0), HashOf(query)) : null),
            V1Json.Wire.ImportsAnswer);
    }

    private static Result<ImportListQuery> ReadQuery(HttpContext context, Members members)
    {
        if (!members.Text("table", TableName.MaxLength).TryGet(out var table, out var failure)
            || !members.Word<ImportState>("state").TryGet(out var state, out failure)
            || !members.Integer("limit", 1, ImportListQuery.MaxCount).TryGet(out var limit, out failure)
            || !members.Text("cursor", Cursor.MaxLength).TryGet(out var cursor, out failure))
            return failure;
        if (table is not null && !TableNames.Parse(context, table).TryGet(out _, out failure)) return failure;
        var query = new ImportListQuery(table, state, null, (int)(limit ?? DefaultLimit)) { Tables = Caller.Of(context).Key?.Tables };
        if (!Cursor.ReadItem(cursor, HashOf(query)).TryGet(out var after, out failure)) return failure;
        if (after is null) return query;
        return PositionOf(after.Value) is { } position ? query with { After = position } : Cursor.Invalid(cursor!);
    }

    // The client may have made it up, and the database compares dates.
    private static ImportPosition? PositionOf(string? text) =>
        text?.Length == WireTime.StoredFormat.Length + 1 + 32
        && DateTime.TryParseExact(text[..WireTime.StoredFormat.Length], WireTime.StoredFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && text.Skip(WireTime.StoredFormat.Length + 1).All(char.IsAsciiHexDigitLower)
            ? new ImportPosition(text[..WireTime.StoredFormat.Length], text[(WireTime.StoredFormat.Length + 1)..])
            : null;

    private static RequestHash HashOf(ImportListQuery query) =>
        RequestHash.Of("imports", query.Table, query.State is { } state ? EnumWord.Of(state) : null);
}
