using ImageSearch.Grains.Indexing;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Grains.Search;

/// <summary>
/// Searches a table: joins the vector store's hits with the catalog by id and version, so that a deleted or outdated picture is never
/// returned, and asks the store for more until enough hits remain or the store has no more.
/// </summary>
internal sealed class TableSearcher(ICatalog catalog, IVectorStore vectors, TableIndexer indexer)
{
    /// <summary>Finds the nearest rows to any of the query's views.</summary>
    /// <returns>The hits, nearest first, or the catalog's failure.</returns>
    public async Task<Result<PictureHits>> SearchAsync(TableRecord table, PictureQuery query, CancellationToken cancellationToken)
    {
        var views = query.Vectors.ToViews();
        var waits = 0;
        for (var count = query.TopK; ;)
        {
            var near = await vectors.SearchAsync(table.Generation, views, count, null, cancellationToken);
            var joined = await catalog.ReadTextsAsync(table.Generation, [.. near.Select(hit => hit.Row)], cancellationToken);
            if (!joined.TryGet(out var rows, out var failure)) return failure;

            if (rows.Moved.Count > 0 && waits++ < MovedRows.MaxWaits)
            {
                await Task.Delay(MovedRows.Delay, cancellationToken);
                continue;
            }

            await indexer.TryRemoveAsync(
                table.Generation,
                [.. near.Where(hit => !rows.Texts.ContainsKey(hit.Row.Id) && !rows.Moved.Contains(hit.Row.Id)).Select(hit => hit.Row)]);
            if (rows.Texts.Count >= query.TopK || rows.Texts.Count == near.Count || near.Count < count)
                return new PictureHits(table.Metric, ToHits(table.Metric, near, rows.Texts, query.TopK));
            count *= 2;
        }
    }

    private static List<PictureHit> ToHits(
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
