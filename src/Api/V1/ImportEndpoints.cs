using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http;
using ImageSearch.Api.Http.Bodies;
using ImageSearch.Api.Http.Fields;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Settings;

namespace ImageSearch.Api.V1;

/// <summary><c>/v1</c>: imports, lists of pictures that the service brings in by itself.</summary>
internal static class ImportEndpoints
{
    private const int MaxImports = 100;
    private const int MaxFailures = 1000;
    private const int PiecesAtATime = 16;

    private static readonly Failure Unknown =
        new(FailureCode.ImportNotFound, "there is no import with this id; POST /v1/tables/{table}/imports answers one");

    public static void MapImports(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1").WithTags("/v1").WithEdge(new V1ErrorWriter());
        group.MapPost("/tables/{table}/imports", BeginAsync).WithSummary("Bring in a list of pictures, a JSON object a line")
            .WithBody<ImportLine>("application/x-ndjson").Produces<ImportAnswer>(StatusCodes.Status202Accepted);
        group.MapGet("/imports", ListAsync).WithSummary("The newest imports").Produces<ImportsAnswer>();
        group.MapGet("/imports/{id}", DescribeAsync).WithSummary("How far an import is").Produces<ImportAnswer>();
        group.MapGet("/imports/{id}/failures", ListFailuresAsync).WithSummary("The pictures that could not be taken")
            .Produces<ImportFailuresAnswer>();
        group.MapDelete("/imports/{id}", CancelAsync).WithSummary("End an import; what was brought in stays").Produces<ImportAnswer>();
    }

    private static async Task<IResult> BeginAsync(
        string table, HttpContext context, IGrainFactory grains, ServiceSettings settings, RequestBodies bodies, RequestLimiter admission)
    {
        if (!TableName.Parse(table).TryGet(out var name, out var failure)) return V1ErrorWriter.Refuse(failure);
        using var body = await bodies.ReadAsync(context);
        using var place = admission.Enter(CallCost.Cheap);
        if (FieldCharset.WhyNotJson(context.Request.ContentType, body.Content.Span) is { } notJson) return V1ErrorWriter.Refuse(notJson);
        if (!ImportList.Parse(body.Content).TryGet(out var items, out failure)) return V1ErrorWriter.Refuse(failure);

        var id = Guid.NewGuid().ToString("N");
        var import = grains.GetGrain<IImportGrain>(id);
        if (!(await import.BeginAsync(name, settings.Views(forTable: true), context.RequestAborted)).TryGet(out _, out failure))
            return V1ErrorWriter.Refuse(failure);
        if (await AppendAsync(import, items, context.RequestAborted) is { } refused) return V1ErrorWriter.Refuse(refused);

        context.Response.Headers.Location = $"/v1/imports/{id}";
        return V1ErrorWriter.Answer(await import.StartAsync(context.RequestAborted), ImportAnswer.Of, StatusCodes.Status202Accepted);
    }

    // Pieces are numbered, so their order does not matter, and those that come together share the catalog's commits.
    private static async Task<Failure?> AppendAsync(IImportGrain import, IReadOnlyList<ImportItem> items, CancellationToken cancellationToken)
    {
        Failure? refused = null;
        await Parallel.ForEachAsync(
            items.Chunk(ImportItems.MaxItems).Index(),
            new ParallelOptions { MaxDegreeOfParallelism = PiecesAtATime, CancellationToken = cancellationToken },
            async (piece, cancellation) =>
            {
                if (refused is null) refused = (await import.AppendAsync(new ImportItems(piece.Index, piece.Item), cancellation)).Failure;
            });
        return refused;
    }

    private static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains)
    {
        using var place = context.Enter(CallCost.Cheap);
        return V1ErrorWriter.Answer(
            await grains.GetGrain<IImportListGrain>(IImportListGrain.Key).ListAsync(MaxImports, context.RequestAborted),
            imports => new ImportsAnswer([.. imports.Select(ImportAnswer.Of)]));
    }

    private static Task<IResult> DescribeAsync(string id, HttpContext context, IGrainFactory grains) =>
        OnImportAsync(id, context, grains, async import => V1ErrorWriter.Answer(await import.DescribeAsync(context.RequestAborted), ImportAnswer.Of));

    private static Task<IResult> ListFailuresAsync(string id, HttpContext context, IGrainFactory grains) =>
        OnImportAsync(
            id,
            context,
            grains,
            async import => V1ErrorWriter.Answer(
                await import.ListFailuresAsync(MaxFailures, context.RequestAborted),
                failures => new ImportFailuresAnswer(
                    [.. failures.Select(failure => new ImportFailureAnswer(failure.Line, failure.Key, failure.Code, failure.Message))])));

    private static Task<IResult> CancelAsync(string id, HttpContext context, IGrainFactory grains) =>
        OnImportAsync(id, context, grains, async import => V1ErrorWriter.Answer(await import.CancelAsync(context.RequestAborted), ImportAnswer.Of));

    // Only what can be an import's id becomes a grain's key.
    private static async Task<IResult> OnImportAsync(string id, HttpContext context, IGrainFactory grains, Func<IImportGrain, Task<IResult>> serve)
    {
        if (id.Length != 32 || !id.All(char.IsAsciiHexDigitLower)) return V1ErrorWriter.Refuse(Unknown);
        using var place = context.Enter(CallCost.Cheap);
        return await serve(grains.GetGrain<IImportGrain>(id));
    }
}

/// <summary>A line of the list, as the API's page describes it.</summary>
internal sealed record ImportLine(string? Url, string? Path, string? Key, string? Tags, string? Brief);
