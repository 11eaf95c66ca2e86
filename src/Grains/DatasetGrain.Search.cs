using ImageSearch.Storage;

namespace ImageSearch.Grains;

/// <content>Searches.</content>
public sealed partial class DatasetGrain
{
    /// <inheritdoc/>
    public Task<Result<PictureHits>> SearchAsync(PictureQuery query, CancellationToken cancellationToken) =>
        SharedAsync(
            async table =>
            {
                if (WrongModel(table, query.Vectors) is { } wrong) return wrong;
                return await NearestAsync(table, query, cancellationToken);
            },
            cancellationToken);

    /// <summary>
    /// Joins the store's hits with the catalog on id and version, so that a deleted or outdated picture never shows, and asks for more
    /// until enough are left or the store has no more. What the join dropped is forgotten by the store too.
    /// </summary>
    private async Task<Result<PictureHits>> NearestAsync(TableRecord table, PictureQuery query, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<float>[] views = query.Vectors.MainObject is { } mainObject
            ? [query.Vectors.Whole, mainObject]
            : [query.Vectors.Whole];
        for (var asked = query.TopK; ; asked *= 2)
        {
            var near = await vectors.SearchAsync(table.Generation, views, asked, cancellationToken);
            var joined = await catalog.ReadTextsAsync(table.Generation, [.. near.Select(hit => hit.Row)], cancellationToken);
            if (!joined.TryGet(out var texts, out var failure)) return failure;

            var outdated = near.Where(hit => !texts.ContainsKey(hit.Row.Id)).Select(hit => hit.Row).ToList();
            if (near.Count - outdated.Count >= query.TopK || near.Count < asked || outdated.Count == 0)
            {
                await ForgetAsync(table.Generation, outdated);
                return new PictureHits(table.Metric, Hits(table.Metric, near, texts, query.TopK));
            }

            await ForgetAsync(table.Generation, outdated);
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
