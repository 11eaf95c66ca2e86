using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http;
using ImageSearch.Api.Http.Bodies;
using ImageSearch.Api.Http.Fields;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Settings;

namespace ImageSearch.Api.V1;

/// <summary><c>/v1</c>: imports, lists of pictures that the service loads by itself.</summary>
internal static class ImportEndpoints
{
    private const int MaxImports = 100;
    private const int MaxFailures = 1000;
    private const int ConcurrentPieces = 16;

    private static readonly Failure Unknown =
        new(FailureCode.ImportNotFound, "there is no import with this id; POST /v1/tables/{table}/imports answers one");

    public static void MapImports(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapApi("/v1", new V1ErrorWriter());
        group.MapPost("/tables/{table}/imports", BeginAsync).WithSummary("Import a list of pictures, one JSON object a line")
            .WithBody<ImportLine>("application/x-ndjson").Produces<ImportAnswer>(StatusCodes.Status202Accepted);
        group.MapGet("/imports", ListAsync).RequireLease(CallCost.Cheap)
            .WithSummary("The newest imports").Produces<ImportsAnswer>();
        group.MapGet("/imports/{id}", DescribeAsync).RequireLease(CallCost.Cheap)
            .WithSummary("The progress of an import").Produces<ImportAnswer>();
        group.MapGet("/imports/{id}/failures", ListFailuresAsync).RequireLease(CallCost.Cheap)
            .WithSummary("The pictures that could not be imported").Produces<ImportFailuresAnswer>();
        group.MapDelete("/imports/{id}", CancelAsync).RequireLease(CallCost.Cheap)
            .WithSummary("Cancel an import; pictures already imported stay").Produces<ImportAnswer>();
    }

    private static async Task<IResult> BeginAsync(
        string table, HttpContext context, IGrainFactory grains, ServiceSettings settings, RequestBodies bodies, RequestLimiter limiter)
    {
        if (!TableName.Parse(table).TryGet(out var name, out var failure)) return V1Results.Error(failure);
        if (!(await bodies.ReadAsync(context)).TryGet(out var body, out failure)) return V1Results.Error(failure);
        using var ownedBody = body;
        if (!limiter.Acquire(CallCost.Cheap).TryGet(out var lease, out failure)) return V1Results.Error(failure);
        using var ownedLease = lease;
        if (FieldCharset.CheckJson(context.Request.ContentType, body.Content.Span) is { } notJson) return V1Results.Error(notJson);
        if (!ImportList.Parse(body.Content).TryGet(out var items, out failure)) return V1Results.Error(failure);

        var id = Guid.NewGuid().ToString("N");
        var import = grains.GetGrain<IImportGrain>(id);
        if (!(await import.BeginAsync(name, settings.Views(EmbeddingUse.Import), context.RequestAborted)).TryGet(out _, out failure))
            return V1Results.Error(failure);
        if (await AppendAsync(import, items, context.RequestAborted) is { } notAppended) return V1Results.Error(notAppended);

        context.Response.Headers.Location = $"/v1/imports/{id}";
        return V1Results.Answer(await import.StartAsync(context.RequestAborted), ImportAnswer.Of, V1Json.Wire.ImportAnswer, StatusCodes.Status202Accepted);
    }

    // Pieces are numbered, so their order does not matter; concurrent ones share the catalog's commits.
    private static async Task<Failure?> AppendAsync(IImportGrain import, IReadOnlyList<ImportItem> items, CancellationToken cancellationToken)
    {
        Failure? failure = null;
        await Parallel.ForEachAsync(
            items.Chunk(ImportItems.MaxItems).Index(),
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentPieces, CancellationToken = cancellationToken },
            async (piece, cancellation) =>
            {
                if (failure is null) failure = (await import.AppendAsync(new ImportItems(piece.Index, piece.Item), cancellation)).Failure;
            });
        return failure;
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

    private static async Task<IResult> ListFailuresAsync(string id, IGrainFactory grains, CancellationToken cancellationToken) =>
        Find(grains, id) is { } import
            ? V1Results.Answer(
                await import.ListFailuresAsync(MaxFailures, cancellationToken), ImportFailuresAnswer.Of, V1Json.Wire.ImportFailuresAnswer)
            : V1Results.Error(Unknown);

    private static async Task<IResult> CancelAsync(string id, IGrainFactory grains, CancellationToken cancellationToken) =>
        Find(grains, id) is { } import
            ? V1Results.Answer(await import.CancelAsync(cancellationToken), ImportAnswer.Of, V1Json.Wire.ImportAnswer)
            : V1Results.Error(Unknown);

    // Other text must not become a grain's key: each key would activate a grain.
    private static IImportGrain? Find(IGrainFactory grains, string id) =>
        id.Length == 32 && id.All(char.IsAsciiHexDigitLower) ? grains.GetGrain<IImportGrain>(id) : null;
}

/// <summary>A line of the list, for the OpenAPI document.</summary>
internal sealed record ImportLine(string? Url, string? Path, string? Key, string? Tags, string? Brief);
