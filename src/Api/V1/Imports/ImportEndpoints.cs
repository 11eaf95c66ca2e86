using System.Text.Json;
using System.Text.Json.Serialization;
using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http;
using ImageSearch.Api.Http.Bodies;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.Settings;
using ImageSearch.Api.V1.Requests;
using ImageSearch.Api.V1.Tables;

namespace ImageSearch.Api.V1.Imports;

/// <summary><c>/v1</c>: imports, lists of pictures that the service loads by itself.</summary>
internal static class ImportEndpoints
{
    private const int MaxImports = 100;
    private const int MaxFailures = 1000;

    private static readonly Failure Unknown =
        new(FailureCode.ImportNotFound, "there is no import with this id; POST /v1/tables/{table}/imports answers one");

    public static void MapImports(RouteGroupBuilder group)
    {
        group.MapPost("/tables/{table}/imports", BeginAsync).WithMetadata(MaxBody.Unlimited)
            .WithSummary("Import a list of pictures of any length: one JSON object per line, or CSV with a header")
            .WithDescription(
                "on_error=stop (default): an invalid line refuses the whole list, and pictures are imported after the last line. "
                + "on_error=continue: an invalid line is a failure of its line, at most 10,000, and pictures are imported while the list arrives. "
                + "on_existing_key=replace, skip or fail (default: the table's setting). dry_run=true: pictures are loaded and embedded, not stored.")
            .WithBody<ImportLine>("application/x-ndjson", "text/csv").Produces<ImportAnswer>(StatusCodes.Status202Accepted);
        group.MapGet("/imports", ListAsync).RequireLease(CallCost.Cheap)
            .WithSummary("The newest imports").Produces<ImportsAnswer>();
        group.MapGet("/imports/{id}", DescribeAsync).RequireLease(CallCost.Cheap)
            .WithSummary("The progress of an import").Produces<ImportAnswer>();
        group.MapGet("/imports/{id}/failures", ListFailuresAsync).RequireLease(CallCost.Cheap)
            .WithSummary("The pictures that could not be imported: the first thousand, or all of them with Accept: application/x-ndjson")
            .Produces<ImportFailuresAnswer>();
        group.MapGet("/imports/{id}/events", WatchAsync)
            .WithSummary("The progress of an import as server-sent events, every second until it ends").Produces<ImportEvent>(contentType: "text/event-stream");
        group.MapDelete("/imports/{id}", CancelAsync).RequireLease(CallCost.Cheap)
            .WithSummary("Cancel an import; pictures already imported stay").Produces<ImportAnswer>();
    }

    private static async Task<IResult> BeginAsync(
        string table, HttpContext context, IGrainFactory grains, ServiceSettings settings, TableLookup tables, RequestBodies bodies, RequestLimiter limiter)
    {
        if (!TableNames.Parse(table).TryGet(out var name, out var failure)
            || !IdempotencyKey.Read(context.Request).TryGet(out var idempotencyKey, out failure))
            return V1Results.Error(failure);
        if (!ImportChoicesQuery.Of(context).TryGet(out var query, out failure)) return V1Results.Error(failure);
        if (!ImportListFormat.Of(context.Request.ContentType).TryGet(out var format, out failure)) return V1Results.Error(failure);
        if (!limiter.Acquire(CallCost.Receive).TryGet(out var lease, out failure)) return V1Results.Error(failure);
        using var ownedLease = lease;
        if (!(await tables.FindAsync(name, context.RequestAborted)).TryGet(out var status, out failure)) return V1Results.Error(failure);

        var id = idempotencyKey is null ? Guid.NewGuid().ToString("N") : IdempotencyKey.ImportId(name, idempotencyKey);
        var import = grains.GetGrain<IImportGrain>(id);
        var location = $"/v1/imports/{id}";
        ImportStatus? begun = null;
        if (idempotencyKey is not null && !(await RepeatedImport.FindAsync(import, context.RequestAborted)).TryGet(out begun, out failure))
            return V1Results.Error(failure);
        if (begun is not null)
        {
            if (RepeatedImport.Refuse(begun) is { } refusal) return V1Results.Error(refusal);
            context.Response.Headers.Location = location;
            return WireJson.Answer(ImportAnswer.Of(begun), V1Json.Wire.ImportAnswer, StatusCodes.Status202Accepted);
        }

        using var receiver = new ImportReceiver(
            import,
            async () =>
            {
                // Another call with the key may have begun while this one sent its first piece.
                ImportStatus? other = null;
                if (idempotencyKey is not null
                    && !(await RepeatedImport.FindAsync(import, context.RequestAborted)).TryGet(out other, out var unknown))
                    return unknown;
                if (other is not null) return RepeatedImport.Refuse(other) ?? RepeatedImport.ReceiveElsewhere(other);
                return (await import.BeginWithAsync(
                    name, settings.Views(EmbeddingUse.Import, status.Settings.MainObject), query.Choices, context.RequestAborted)).Failure;
            },
            query.StopsOnError);
        var memory = bodies.MemoryOf(context);
        if (await format.ReceiveAsync(context, new ItemFields(status.Settings.Attributes, memory), memory, receiver) is { } refused)
            return V1Results.Error(refused);

        context.Response.Headers.Location = location;
        return V1Results.Answer(
            await import.StartAsync(context.RequestAborted), ImportAnswer.Of, V1Json.Wire.ImportAnswer, StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ListAsync(IGrainFactory grains, CancellationToken cancellationToken) =>
        V1Results.Answer(
            await grains.GetGrain<IImportListGrain>(IImportListGrain.Key).ListAsync(MaxImports, cancellationToken),
            imports => new ImportsAnswer([.. imports.Select(ImportAnswer.Of)]),
            V1Json.Wire.ImportsAnswer);

    private static async Task<IResult> DescribeAsync(string id, IGrainFactory grains, CancellationToken cancellationToken) =>
        Find(grains, id) is { } import
            ? V1Results.Answer(await import.DescribeAsync(cancellationToken), ImportAnswer.Of, V1Json.Wire.ImportAnswer)
            : V1Results.Error(Unknown);

    private static async Task<IResult> ListFailuresAsync(
        string id, HttpContext context, IGrainFactory grains, RequestLimiter limiter, IHostApplicationLifetime host)
    {
        if (Find(grains, id) is not { } import) return V1Results.Error(Unknown);
        if (FailureDownload.IsWanted(context.Request))
        {
            return (await import.ListFailurePageAsync(after: -1, context.RequestAborted)).TryGet(out var first, out var failure)
                ? new FailureDownload(import, first, limiter, host)
                : V1Results.Error(failure);
        }

        return V1Results.Answer(
            await import.ListFailuresAsync(MaxFailures, context.RequestAborted), ImportFailuresAnswer.Of, V1Json.Wire.ImportFailuresAnswer);
    }

    private static async Task<IResult> WatchAsync(
        string id, IGrainFactory grains, RequestLimiter limiter, TimeProvider time, IHostApplicationLifetime host, CancellationToken cancellationToken)
    {
        if (Find(grains, id) is not { } import) return V1Results.Error(Unknown);
        return (await import.DescribeAsync(cancellationToken)).TryGet(out var status, out var failure)
            ? new ImportEvents(import, status, limiter, time, host)
            : V1Results.Error(failure);
    }

    private static async Task<IResult> CancelAsync(string id, IGrainFactory grains, CancellationToken cancellationToken) =>
        Find(grains, id) is { } import
            ? V1Results.Answer(await import.CancelAsync(cancellationToken), ImportAnswer.Of, V1Json.Wire.ImportAnswer)
            : V1Results.Error(Unknown);

    // Other text must not become a grain's key: each key would activate a grain.
    private static IImportGrain? Find(IGrainFactory grains, string id) =>
        id.Length == 32 && id.All(char.IsAsciiHexDigitLower) ? grains.GetGrain<IImportGrain>(id) : null;
}

/// <summary>A line of the list, for the OpenAPI document.</summary>
internal sealed record ImportLine(
    [property: JsonPropertyName("url")] string? Url,
    [property: JsonPropertyName("path")] string? Path,
    [property: JsonPropertyName("image")] string? Image,
    [property: JsonPropertyName("key")] string? Key,
    [property: JsonPropertyName("product_id")] string? ProductId,
    [property: JsonPropertyName("tags")] string? Tags,
    [property: JsonPropertyName("brief")] string? Brief,
    [property: JsonPropertyName("attributes")] JsonElement? Attributes);
