using System.Text.Json;
using System.Text.Json.Serialization;
using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http;
using ImageSearch.Api.Http.Bodies;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.Security.Keys;
using ImageSearch.Api.Settings;
using ImageSearch.Api.V1.Requests;
using ImageSearch.Api.V1.Tables;

namespace ImageSearch.Api.V1.Imports;

/// <summary><c>/v1</c>: imports, lists of pictures that the service loads by itself.</summary>
internal static class ImportEndpoints
{
    private const int MaxFailures = 1000;

    public static void MapImports(RouteGroupBuilder group)
    {
        group.MapPost("/tables/{table}/imports", BeginAsync).WithMetadata(MaxBody.Unlimited).RequiresWrite()
            .WithSummary("Import a list of pictures of any length: one JSON object per line, or CSV with a header")
            .WithDescription(
                "on_error=stop (default): an invalid line refuses the whole list, and pictures are imported after the last line. "
                + "on_error=continue: an invalid line is a failure of its line, at most 10,000, and pictures are imported while the list arrives. "
                + "on_existing_key=replace, skip or fail, on_duplicate=allow, reject or return, and duplicate_score (default: the table's settings). dry_run=true: pictures are loaded and embedded, not stored.")
            .WithBody<ImportLine>("application/x-ndjson", "text/csv").WithExamples(null, ImportExamples.Import)
            .WithTextBody("application/x-ndjson", ImportExamples.Ndjson).WithTextBody("text/csv", ImportExamples.Csv).WithTextBody("application/zip", null)
            .Produces<ImportAnswer>(StatusCodes.Status202Accepted);
        group.MapGet("/imports/{id}", DescribeAsync).RequireLease(CallCost.Cheap).RequiresRead()
            .WithSummary("The progress of an import").Produces<ImportAnswer>();
        group.MapGet("/imports/{id}/failures", ListFailuresAsync).RequireLease(CallCost.Cheap).RequiresRead()
            .WithSummary("The pictures that could not be imported: the first thousand, or all of them with Accept: application/x-ndjson")
            .Produces<ImportFailuresAnswer>();
        group.MapGet("/imports/{id}/events", WatchAsync).RequiresRead()
            .WithSummary("The progress of an import as server-sent events, every second until it ends").Produces<ImportEvent>(contentType: "text/event-stream");
        group.MapDelete("/imports/{id}", CancelAsync).RequireLease(CallCost.Cheap).RequiresWrite()
            .WithSummary("Cancel an import; pictures already imported stay").Produces<ImportAnswer>();
    }

    private static async Task<IResult> BeginAsync(
        string table, HttpContext context, IGrainFactory grains, ServiceSettings settings, TableLookup tables, RequestBodies bodies, RequestLimiter limiter,
        KeyQuota quota, TimeProvider time)
    {
        var caller = Caller.Of(context);
        if (!TableNames.Parse(context, table).TryGet(out var name, out var failure)
            || !IdempotencyKey.Read(context.Request).TryGet(out var idempotencyKey, out failure))
            return V1Results.Error(failure);
        if (!ImportChoicesQuery.Of(context).TryGet(out var query, out failure)) return V1Results.Error(failure);
        if (query.Folder is not null && caller.Key is not null) return V1Results.Error(ServerFiles.Denied("folder", query.Folder.Folder));
        if (!ImportListFormat.Of(context.Request, query.Charset, query.Folder).TryGet(out var format, out failure)) return V1Results.Error(failure);
        if (!limiter.Acquire(format.Cost).TryGet(out var lease, out failure)) return V1Results.Error(failure);
        using var ownedLease = lease;
        if (!(await tables.FindAsync(name, context.RequestAborted)).TryGet(out var status, out failure)) return V1Results.Error(failure);
        if (!query.Choices.IsDryRun && await quota.CheckRowsAsync(caller, 1, context.RequestAborted) is { } full) return V1Results.Error(full);
        var choices = query.Choices with { Owner = caller.Owner };

        var repeated = new RepeatedImport(Guid.NewGuid().ToString("N"), null);
        if (idempotencyKey is not null
            && !(await RepeatedImport.FindAsync(grains, status, idempotencyKey, context.RequestAborted)).TryGet(out repeated, out failure))
            return V1Results.Error(failure);
        var import = grains.GetGrain<IImportGrain>(repeated.Id);
        var location = $"/v1/imports/{repeated.Id}";
        if (repeated.Begun is { } begun)
        {
            if (RepeatedImport.Refuse(begun, query.Choices) is { } refusal) return V1Results.Error(refusal);
            context.Response.Headers.Location = location;
            return WireJson.Answer(ImportAnswer.Of(begun), V1Json.Wire.ImportAnswer, StatusCodes.Status202Accepted);
        }

        await using var mark = new ReceiverMark(import, time);
        using var receiver = new ImportReceiver(
            import,
            async () =>
            {
                var views = settings.Views(EmbeddingUse.Import, status.Settings.MainObject);
                // Another call with the key may have begun while this one sent its first piece.
                var began = idempotencyKey is null
                    ? await import.BeginWithAsync(name, views, choices, context.RequestAborted)
                    : await import.BeginNewAsync(name, views, choices, context.RequestAborted);
                if (began.Failure is { } notBegun) return notBegun;
                mark.Start();
                return null;
            },
            query.StopsOnError);
        var memory = bodies.MemoryOf(context);
        var fields = new ItemFields(status.Settings.Attributes, status.Model, memory)
        {
            MayShareKeys = query.MayShareKeys,
            MayReadFiles = caller.Key is null,
            Keeps = status.Settings.Keeps(settings.KeepPictures),
        };
        if (await format.ReceiveAsync(context, fields, memory, receiver) is { } refused)
            return V1Results.Error(refused);

        context.Response.Headers.Location = location;
        return V1Results.Answer(
            await import.StartAsync(context.RequestAborted), ImportAnswer.Of, V1Json.Wire.ImportAnswer, StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> DescribeAsync(string id, HttpContext context, IGrainFactory grains) =>
        (await ImportAccess.FindAsync(context, grains, id)).TryGet(out var import, out var failure)
            ? V1Results.Answer(await import.DescribeAsync(context.RequestAborted), ImportAnswer.Of, V1Json.Wire.ImportAnswer)
            : V1Results.Error(failure);

    private static async Task<IResult> ListFailuresAsync(
        string id, HttpContext context, IGrainFactory grains, RequestLimiter limiter, TimeProvider time, IHostApplicationLifetime host)
    {
        if (!(await ImportAccess.FindAsync(context, grains, id)).TryGet(out var import, out var failure)) return V1Results.Error(failure);
        if (FailureDownload.IsWanted(context.Request))
        {
            return (await import.ListFailurePageAsync(after: -1, context.RequestAborted)).TryGet(out var first, out failure)
                ? new FailureDownload(import, first, limiter, time, host)
                : V1Results.Error(failure);
        }

        return V1Results.Answer(
            await import.ListFailuresAsync(MaxFailures, context.RequestAborted), ImportFailuresAnswer.Of, V1Json.Wire.ImportFailuresAnswer);
    }

    private static async Task<IResult> WatchAsync(
        string id, HttpContext context, IGrainFactory grains, RequestLimiter limiter, TimeProvider time, IHostApplicationLifetime host)
    {
        if (!(await ImportAccess.FindAsync(context, grains, id)).TryGet(out var import, out var failure)) return V1Results.Error(failure);
        return (await import.DescribeAsync(context.RequestAborted)).TryGet(out var status, out failure)
            ? new ImportEvents(import, status, limiter, time, host)
            : V1Results.Error(failure);
    }

    private static async Task<IResult> CancelAsync(string id, HttpContext context, IGrainFactory grains) =>
        (await ImportAccess.FindAsync(context, grains, id)).TryGet(out var import, out var failure)
            ? V1Results.Answer(await import.CancelAsync(context.RequestAborted), ImportAnswer.Of, V1Json.Wire.ImportAnswer)
            : V1Results.Error(failure);
}

/// <summary>A line of the list, for the OpenAPI document.</summary>
internal sealed record ImportLine(
    [property: JsonPropertyName("url")] string? Url,
    [property: JsonPropertyName("path")] string? Path,
    [property: JsonPropertyName("server_path")] string? ServerPath,
    [property: JsonPropertyName("image")] string? Image,
    [property: JsonPropertyName("vector")] string? Vector,
    [property: JsonPropertyName("main_object_vector")] string? MainObjectVector,
    [property: JsonPropertyName("model")] string? Model,
    [property: JsonPropertyName("thumbnail")] string? Thumbnail,
    [property: JsonPropertyName("picture")] string? Picture,
    [property: JsonPropertyName("id")] long? Id,
    [property: JsonPropertyName("created")] string? Created,
    [property: JsonPropertyName("modified")] string? Modified,
    [property: JsonPropertyName("key")] string? Key,
    [property: JsonPropertyName("product_id")] string? ProductId,
    [property: JsonPropertyName("tags")] string? Tags,
    [property: JsonPropertyName("brief")] string? Brief,
    [property: JsonPropertyName("attributes")] JsonElement? Attributes);
