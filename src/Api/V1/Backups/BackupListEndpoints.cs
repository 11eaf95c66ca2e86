using System.Globalization;
using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.V1.Description;
using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Backups;

/// <summary><c>/v1/backups</c>: the list of backups.</summary>
internal static class BackupListEndpoints
{
    /// <summary>Backups on a page by default.</summary>
    public const int DefaultLimit = 100;

    private static readonly string[] Known = QueryParameters.NamesOf(QueryParameters.Backups);

    private static readonly RequestHash Hash = RequestHash.Of("backups");

    public static void MapBackupList(RouteGroupBuilder group) =>
        group.MapGet("/backups", ListAsync).RequireLease(CallCost.Cheap).RequiresToken("backup.list")
            .WithSummary("Backups, newest first").WithExamples(null, BackupExamples.List).Produces<BackupsAnswer>();

    private static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains)
    {
        if (!Body.Query(context, Known).TryGet(out var members, out var failure) || !ReadQuery(members).TryGet(out var query, out failure))
            return V1Results.Error(failure);
        return V1Results.Answer(
            await grains.GetGrain<IBackupGrain>(IBackupGrain.Key).ListAsync(query, context.RequestAborted),
            page => new BackupsAnswer(
                [.. page.Backups.Select(BackupAnswer.Of)],
                page.Next is { } next ? Cursor.OfItem(new ItemPosition($"{next.Began} {next.Name}", 0), Hash) : null),
            V1Json.Wire.BackupsAnswer);
    }

    private static Result<BackupListQuery> ReadQuery(Members members)
    {
        if (!members.Integer("limit", 1, BackupListQuery.MaxCount).TryGet(out var limit, out var failure)
            || !members.Text("cursor", Cursor.MaxLength).TryGet(out var cursor, out failure)
            || !Cursor.ReadItem(cursor, Hash).TryGet(out var after, out failure))
            return failure;
        var query = new BackupListQuery(null, (int)(limit ?? DefaultLimit));
        if (after is null) return query;
        return PositionOf(after.Value) is { } position ? query with { After = position } : Cursor.Invalid(cursor!);
    }

    // The client may have made it up.
    private static BackupPosition? PositionOf(string? text) =>
        text?.Length > WireTime.StoredFormat.Length + 1
        && DateTime.TryParseExact(text[..WireTime.StoredFormat.Length], WireTime.StoredFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && BackupName.Parse(text[(WireTime.StoredFormat.Length + 1)..]).TryGet(out var name, out _)
            ? new BackupPosition(text[..WireTime.StoredFormat.Length], name.Value)
            : null;
}
