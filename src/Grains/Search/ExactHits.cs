using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Grains.Search;

/// <summary>
/// Computes the distances of hits from the catalog's vectors. A store that rounds gives a row one distance today and another after a
/// compaction, so a page that begins after a distance would repeat a row or lack it.
/// </summary>
internal sealed class ExactHits(ICatalog catalog, TableRecord table, IReadOnlyList<ReadOnlyMemory<float>> views)
{
    /// <summary>Reads the vectors of hits.</summary>
    /// <returns>The hits with exact distances, without those whose picture was changed or deleted; and whether there were such.</returns>
    public async Task<(IReadOnlyList<ItemHit> Hits, bool HasMoved)> ReadAsync(IReadOnlyList<ItemHit> hits, CancellationToken cancellationToken)
    {
        if (hits.Count == 0) return ([], false);
        var byId = hits.ToDictionary(hit => hit.Item.Id);
        var exact = new List<ItemHit>(hits.Count);
        long[] ids = [.. byId.Keys.Order()];
        await foreach (var batch in catalog.ReadVectorsAsync(table.Generation, table.Model.Dimension, ids, cancellationToken))
        {
            foreach (var row in batch.Vectors)
            {
                var hit = byId[row.Row.Id];
                if (hit.Item.Version == row.Row.Version) exact.Add(hit with { SquaredDistance = ExactDistance.Nearest(row, views) });
            }
        }

        return (exact, exact.Count < hits.Count);
    }
}
