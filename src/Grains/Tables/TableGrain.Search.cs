using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Grains.Tables;

/// <content>Searches.</content>
public sealed partial class TableGrain
{
    /// <inheritdoc/>
    public Task<Result<PictureHits>> SearchAsync(PictureQuery query, CancellationToken cancellationToken) =>
        SharedAsync(
            "search",
            async table =>
            {
                if (WrongModel(table, query.Vectors) is { } wrong) return wrong;
                return await NearestAsync(table, query, cancellationToken);
            },
            cancellationToken);

    // The store gets a changed picture's new vector within microseconds of the catalog's commit (Milvus: milliseconds).
    private const int MaxWaitsForMovedRows = 20;
    private static readonly TimeSpan MovedRowsDelay = TimeSpan.FromMilliseconds(2);

    /// <summary>
    /// Joins the store's hits with the catalog on id and version, so that a deleted or outdated picture never shows, and asks for more
    /// until enough are left or the store has no more. A row whose picture is being changed at this moment is searched for again, so that
    /// it does not vanish between its old vector and its new one. Rows that are gone are forgotten by the store too.
    /// </summary>
    private async Task<Result<PictureHits>> NearestAsync(TableRecord table, PictureQuery query, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<float>[] views = query.Vectors.MainObject is { } mainObject
            ? [query.Vectors.Whole, mainObject]
            : [query.Vectors.Whole];
        var waits = 0;
        for (var asked = query.TopK; ;)
        {
            var near = await vectors.SearchAsync(table.Generation, views, asked, cancellationToken);
            var joined = await catalog.ReadTextsAsync(table.Generation, [.. near.Select(hit => hit.Row)], cancellationToken);
            if (!joined.TryGet(out var rows, out var failure)) return failure;

            if (rows.Moved.Count > 0 && waits++ < MaxWaitsForMovedRows)
            {
                await Task.Delay(MovedRowsDelay, cancellationToken);
                continue;
            }

            await ForgetAsync(
                table.Generation,
                [.. near.Where(hit => !rows.Texts.ContainsKey(hit.Row.Id) && !rows.Moved.Contains(hit.Row.Id)).Select(hit => hit.Row)]);
            if (rows.Texts.Count >= query.TopK || rows.Texts.Count == near.Count || near.Count < asked)
                return new PictureHits(table.Metric, Hits(table.Metric, near, rows.Texts, query.TopK));
            asked *= 2;
        }
    }

    private static List<PictureHit> Hits(
        Metric metric, IReadOnlyList<VectorHit> near, IReadOnlyDictionary<long, PictureTexts> texts, int topK)
    {
        var hits = new List<PictureHit>(Math.Min(topK, near.Count));
        foreach (var (row, squaredDistance) in near)
        {
            if (hits.Count == topK) break;
            if (texts.TryGetValue(row.Id, out var found))
                hits.Add(new PictureHit(row.Id, metric.FromSquaredDistance(squaredDistance), found));
        }

        return hits;
    }
}
