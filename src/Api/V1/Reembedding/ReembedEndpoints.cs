using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.Security;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.Settings;
using ImageSearch.Api.V1.Description;
using ImageSearch.Api.V1.Requests;
using ImageSearch.Api.V1.Tables;

namespace ImageSearch.Api.V1.Reembedding;

/// <summary><c>/v1/tables/{table}/reembed</c>: the change of a table's model, in the background.</summary>
internal static class ReembedEndpoints
{
    /// <summary>Failures on a page by default.</summary>
    public const int DefaultLimit = 100;

    private const long MaxMaxFailures = 1_000_000_000_000;

    private static readonly string[] Known = ["model", "max_failures", "read_paths"];

    private static readonly string[] PageKnown = QueryParameters.NamesOf(QueryParameters.ReembedFailures);

    private static readonly MaxBody PlainBody = new(RequestLimits.MaxPlainBodyBytes);

    public static void MapReembedding(RouteGroupBuilder group)
    {
        group.MapPost("/tables/{table}/reembed", BeginAsync).WithMetadata(PlainBody).RequiresAdmin("table.reembed")
            .WithSummary("Change the model of a table: embed all of its pictures again, then replace all vectors in one step")
            .WithBody<ReembedBody>("application/json").WithExamples(ReembedExamples.Begin, ReembedExamples.Running)
            .Produces<ReembedAnswer>(StatusCodes.Status202Accepted);
        group.MapGet("/tables/{table}/reembed", GetAsync).RequireLease(CallCost.Cheap).RequiresRead()
            .WithSummary("The last change of a table's model").WithExamples(null, ReembedExamples.Running).Produces<ReembedAnswer>();
        group.MapGet("/tables/{table}/reembed/failures", ListFailuresAsync).RequireLease(CallCost.Cheap).RequiresRead()
            .WithSummary("The items whose picture could not be embedded").WithExamples(null, ReembedExamples.Failures).Produces<ReembedFailuresAnswer>();
        group.MapDelete("/tables/{table}/reembed", CancelAsync).RequireLease(CallCost.Cheap).RequiresAdmin("table.cancel_reembed")
            .WithSummary("Cancel the change of a table's model; the table keeps its vectors").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> BeginAsync(
        string table, HttpContext context, IGrainFactory grains, TableLookup tables, ServiceSettings settings, RequestLimiter limiter, TokenCheck token)
    {
        if (!TableNames.Parse(context, table).TryGet(out var name, out var failure)) return V1Results.Error(failure);
        var caller = Caller.Of(context);
        // Where shops have keys, a path of a row may be a label that one of them chose.
        if (!(await ReadAsync(context, readsPaths: !token.IsRequired)).TryGet(out var request, out failure)) return V1Results.BodyError(failure);
        if (request.ReadsPaths && caller.Key is not null) return V1Results.Error(ServerFiles.Denied("read_paths"));
        if (!limiter.Acquire(CallCost.Cheap).TryGet(out var lease, out failure)) return V1Results.Error(failure);
        using var ownedLease = lease;
        if (!(await tables.FindAsync(name, context.RequestAborted)).TryGet(out var status, out failure)) return V1Results.Error(failure);
        var views = settings.Views(EmbeddingUse.Import, status.Settings.MainObject);
        var begun = await Grain(grains, name).BeginReembedAsync(request with { Views = views, Owner = caller.Owner }, context.RequestAborted);
        context.Response.Headers.Location = $"/v1/tables/{name}/reembed";
        return V1Results.Answer(begun, ReembedAnswer.Of, V1Json.Wire.ReembedAnswer, StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> GetAsync(string table, HttpContext context, IGrainFactory grains) =>
        TableNames.Parse(context, table).TryGet(out var name, out var failure)
            ? V1Results.Answer(await Grain(grains, name).GetReembedAsync(context.RequestAborted), ReembedAnswer.Of, V1Json.Wire.ReembedAnswer)
            : V1Results.Error(failure);

    private static async Task<IResult> ListFailuresAsync(string table, HttpContext context, IGrainFactory grains)
    {
        if (!TableNames.Parse(context, table).TryGet(out var name, out var failure)
            || !Body.Query(context, PageKnown).TryGet(out var query, out failure)
            || !query.Integer("limit", 1, ITableReembedGrain.MaxFailuresPerPage).TryGet(out var limit, out failure)
            || !query.Text("cursor", Cursor.MaxLength).TryGet(out var cursor, out failure))
            return V1Results.Error(failure);
        var hash = RequestHash.Of(name.Value, "reembed");
        if (!Cursor.ReadItem(cursor, hash).TryGet(out var after, out failure)) return V1Results.Error(failure);
        var count = (int)(limit ?? DefaultLimit);
        var listed = await Grain(grains, name).ListReembedFailuresAsync(after?.Id ?? long.MinValue, count, context.RequestAborted);
        if (!listed.TryGet(out var page, out failure)) return V1Results.Error(failure);
        var failures = page.Failures.Select(failed => new ReembedFailureAnswer(failed.Id, failed.Key, failed.Failure.Code, failed.Failure.Message)).ToList();
        var next = failures.Count == count ? Cursor.OfItem(new ItemPosition(null, failures[^1].Id), hash) : null;
        return WireJson.Answer(new ReembedFailuresAnswer(failures, next), V1Json.Wire.ReembedFailuresAnswer);
    }

    private static async Task<IResult> CancelAsync(string table, HttpContext context, IGrainFactory grains)
    {
        if (!TableNames.Parse(context, table).TryGet(out var name, out var failure)) return V1Results.Error(failure);
        var cancelled = await Grain(grains, name).CancelReembedAsync(context.RequestAborted);
        return cancelled.Failure is null ? TypedResults.NoContent() : V1Results.Error(cancelled.Failure);
    }

    private static async Task<Result<ReembedRequest>> ReadAsync(HttpContext context, bool readsPaths)
    {
        if (!(await Body.ReadAsync(context, Known)).TryGet(out var body, out var failure)) return failure;
        using (body)
        {
            if (!TableChange.ReadModel(body.Members).TryGet(out var model, out failure)
                || !body.Members.Integer("max_failures", 0, MaxMaxFailures).TryGet(out var maxFailures, out failure)
                || !body.Members.Boolean("read_paths").TryGet(out var paths, out failure))
                return failure;
            return new ReembedRequest(model, PictureViews.Whole, maxFailures ?? 0, ReadsPaths: paths ?? readsPaths);
        }
    }

    private static ITableReembedGrain Grain(IGrainFactory grains, TableName name) => grains.GetGrain<ITableReembedGrain>(name.Value);
}
