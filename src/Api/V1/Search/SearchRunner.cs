using ImageSearch.Api.Limits;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.Settings;
using ImageSearch.Api.V1.Items;
using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Search;

/// <summary>
/// Runs searches. The table, the filter, the fields and the cursor are checked first; then pictures are embedded, and the grain searches.
/// </summary>
internal sealed class SearchRunner(
    IGrainFactory grains, TableLookup tables, PictureEmbedder embedder, RequestLimiter limiter, ServiceSettings settings, CallStages stages,
    TimeProvider time)
{
    private const string Normalised = "a vector did not have length 1 and was normalised";

    /// <summary>The pictures of a call.</summary>
    public QueryEmbeddings NewEmbeddings(CancellationToken cancellationToken) => new(embedder, stages, time, cancellationToken);

    public Task<Result<SearchAnswer>> RunAsync(
        TableName table, SearchRequest request, QueryEmbeddings embeddings, CancellationToken cancellationToken) =>
        tables.WithModelAsync(table, () => RunOnceAsync(table, request, embeddings, cancellationToken));

    private async Task<Result<SearchAnswer>> RunOnceAsync(
        TableName table, SearchRequest request, QueryEmbeddings embeddings, CancellationToken cancellationToken)
    {
        if (!(await tables.ReadAsync(table, status => Check(status, request), cancellationToken)).TryGet(out var found, out var failure)) return failure;
        var hash = request.HashFor(found.Table);
        if (!Cursor.ReadHit(request.Cursor, hash).TryGet(out var after, out failure)) return failure;
        var views = settings.Views(EmbeddingUse.Search, request.MainObject ?? found.Table.Settings.MainObject);
        var query = new QueryExamples(found.Table.Model, views, request.Detect);
        if (await query.AddAsync(request.Examples, embeddings) is { } notEmbedded) return notEmbedded;
        // The leases of fetching and embedding are released: a search by a filter that no index serves may take seconds of its own.
        if (!limiter.Acquire(CallCost.Cheap).TryGet(out var lease, out failure)) return failure;
        using var ownedLease = lease;
        var searched = await grains.Items(table).SearchItemsAsync(request.Query with { Examples = query.Examples, After = after }, cancellationToken);
        if (!searched.TryGet(out var hits, out failure)) return Named(failure, request.Examples);
        return new SearchAnswer(
            EnumWord.Of(hits.Metric),
            [.. hits.Hits.Select(hit => Hit(hit, hits.Metric, request.Fields))],
            hits.Next is null ? null : Cursor.OfHit(hits.Next, hash),
            query.IsNormalised ? [Normalised] : null,
            request.Detect ? [.. query.Pictures.Select(DetectedAnswer.Of)] : null,
            hits.Plan is { } plan ? ExplainAnswer.Of(plan, query.Fetch, query.Embed) : null);
    }

    // The grain knows an example by its place.
    private static Failure Named(Failure failure, IReadOnlyList<ExampleInput> examples)
    {
        for (var i = 0; i < examples.Count; i++)
        {
            if (failure.Field != $"examples[{i}]") continue;
            return examples[i].Item is { } item
                ? failure.Named(item) with { Field = examples[i].Field }
                : failure with { Field = examples[i].Field };
        }

        return failure;
    }

    private static Result<Done> Check(TableStatus table, SearchRequest request)
    {
        foreach (var example in request.Examples)
        {
            if (example.Vector is { } vector && QueryVector.Check(example.Field, vector, table.Model.Dimension) is { } invalid) return invalid;
        }

        return QuerySchema.CheckSearch(table, request.Query);
    }

    private static ItemAnswer Hit(ItemHit hit, Metric metric, FieldSelection fields) =>
        ItemAnswer.Of(hit.Item, fields) with
        {
            Score = fields.Has("score") ? hit.Score : null,
            Distance = fields.Has("distance") ? metric.FromSquaredDistance(hit.SquaredDistance) : null,
        };
}
