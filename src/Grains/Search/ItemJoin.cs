using ImageSearch.Grains.Indexing;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Grains.Search;

/// <summary>
/// Joins the vector store's hits with the catalog by id and version, so that a deleted or outdated picture is never returned.
/// </summary>
internal sealed class ItemJoin(IItemCatalog items, TableIndexer indexer, TableGeneration table)
{
    /// <summary>Reads the items of hits. Removes rows from the store that the catalog does not have.</summary>
    public async Task<JoinedHits> ReadAsync(IReadOnlyList<VectorHit> hits, CancellationToken cancellationToken)
    {
        var read = (await items.ReadItemsAsync(table, [.. hits.Select(hit => hit.Row.Id)], cancellationToken)).OrThrow();
        var byId = new Dictionary<long, Item>(read.Count);
        foreach (var item in read) byId[item.Id] = item;

        var joined = new List<ItemHit>(hits.Count);
        var gone = new List<RowVersion>();
        var moved = false;
        foreach (var (row, squaredDistance) in hits)
        {
            if (!byId.TryGetValue(row.Id, out var item)) gone.Add(row);
            else if (item.Version == row.Version) joined.Add(new ItemHit(item, squaredDistance));
            else moved = true;
        }

        await indexer.TryRemoveAsync(table, gone);
        return new JoinedHits(joined, moved);
    }
}

/// <summary>Hits with their items.</summary>
/// <param name="Hits">Those whose item has the hit's version.</param>
/// <param name="HasMoved">Some items have another version: the store does not have their current vector yet.</param>
internal readonly record struct JoinedHits(IReadOnlyList<ItemHit> Hits, bool HasMoved);
