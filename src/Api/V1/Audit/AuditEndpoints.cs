using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.V1.Description;
using ImageSearch.Api.V1.Keys;
using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Audit;

/// <summary><c>/v1/audit</c>: what was done to keys and tables, and what was denied.</summary>
internal static class AuditEndpoints
{
    /// <summary>Entries on a page by default.</summary>
    public const int DefaultLimit = 100;

    private const string Example =
        """
        {"entries":[{"time":"2026-11-27T09:30:00.000Z","who":"k3v9x2m1q8ab","action":"table.drop","target":"shop1_shoes","address":"203.0.113.7","outcome":"ok","detail":null}],"next_cursor":null}
        """;

    private static readonly string[] Known = QueryParameters.NamesOf(QueryParameters.Audit);
    private static readonly RequestHash Hash = RequestHash.Of("audit");

    public static void MapAudit(RouteGroupBuilder group) =>
        group.MapGet("/audit", ListAsync).RequireLease(CallCost.Cheap).RequiresToken("audit.list")
            .WithSummary("Changes of keys and tables, and denied administration, newest first").WithExamples(null, Example).Produces<AuditAnswer>();

    private static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains, KeyWriter keys)
    {
        if (!Body.Query(context, Known).TryGet(out var query, out var failure)
            || !query.Integer("limit", 1, IAuditGrain.MaxCount - 1).TryGet(out var limit, out failure)
            || !query.Text("cursor", Cursor.MaxLength).TryGet(out var cursor, out failure)
            || !Cursor.ReadItem(cursor, Hash).TryGet(out var after, out failure))
            return V1Results.Error(failure);
        if (keys.Unavailable is { } unavailable) return V1Results.Error(unavailable);
        var count = (int)(limit ?? DefaultLimit);
        // One more is read, which shows whether there is another page.
        var listed = await grains.GetGrain<IAuditGrain>(IAuditGrain.Key).ListAsync(after?.Id, count + 1, context.RequestAborted);
        return V1Results.Answer(
            listed,
            entries => new AuditAnswer(
                [.. entries.Take(count).Select(AuditEntryAnswer.Of)],
                entries.Count > count ? Cursor.OfItem(new ItemPosition(null, entries[count - 1].Number), Hash) : null),
            V1Json.Wire.AuditAnswer);
    }
}
