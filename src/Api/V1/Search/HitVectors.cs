namespace ImageSearch.Api.V1.Search;

/// <summary>Reads the vectors of hits.</summary>
internal static class HitVectors
{
    private const int ConcurrentReads = 16;

    /// <summary>The vectors of each hit; null for an item that was deleted or changed in between.</summary>
    public static async Task<PictureVectors?[]> ReadAsync(ITableItemsGrain table, IReadOnlyList<ItemHit> hits, CancellationToken cancellationToken)
    {
        var vectors = new PictureVectors?[hits.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, hits.Count),
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReads, CancellationToken = cancellationToken },
            async (i, cancellation) =>
            {
                var got = await table.GetItemAsync(new ItemReference(null, hits[i].Item.Id), withVectors: true, cancellation);
                if (got.TryGet(out var item, out _) && item.Version == hits[i].Item.Version) vectors[i] = item.Vectors;
            });
        return vectors;
    }
}
