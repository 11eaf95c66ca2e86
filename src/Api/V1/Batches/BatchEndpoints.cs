using ImageSearch.Api.Hosting;
using ImageSearch.Api.Http;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.V1.Requests;
using ImageSearch.Api.V1.Tables;

namespace ImageSearch.Api.V1.Batches;

/// <summary><c>/v1/tables/{table}/items:batch</c>: puts and deletes in one call.</summary>
internal static class BatchEndpoints
{
    private static readonly string[] Known = ["operations"];

    public static void MapBatch(RouteGroupBuilder group) =>
        group.MapPost("/tables/{table}/items:batch", RunAsync).RequiresWrite().WithSummary("Put and delete up to 256 items; a result for each")
            .WithBody<BatchRequest>("application/json").WithExamples(BatchExamples.Request, BatchExamples.Answer).Produces<BatchAnswer>();

    private static async Task<IResult> RunAsync(string table, HttpContext context, TableLookup tables, BatchRunner runner, BatchMetrics metrics)
    {
        // Puts and deletes of keys are idempotent by themselves, so the key is only checked.
        if (!TableNames.Parse(context, table).TryGet(out var name, out var failure)
            || !IdempotencyKey.Read(context.Request).TryGet(out _, out failure))
            return V1Results.Error(failure);
        if (!(await Body.ReadAsync(context, Known)).TryGet(out var body, out failure)) return V1Results.BodyError(failure);
        using (body)
        {
            if (!body.Members.Objects("operations", NewPicture.MaxPerAdd).TryGet(out var operations, out failure)
                || !(await tables.FindAsync(name, context.RequestAborted)).TryGet(out _, out failure))
                return V1Results.Error(failure);
            if (operations is null or [])
                return V1Results.Error(InvalidField.Missing("operations", $"an array of 1 to {NewPicture.MaxPerAdd} objects with put or delete"));
            var read = operations.Select((json, i) => BatchOperation.Read(json, i, body.Abandon)).ToList();
            var results = await runner.RunAsync(name, read, context.RequestAborted);
            metrics.Record(results);
            return WireJson.Answer(new BatchAnswer(results), V1Json.Wire.BatchAnswer);
        }
    }
}
