using System.Collections.Concurrent;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Indexing;

/// <summary>
/// Indexes rows that an add has left waiting. A row that is being added waits for some milliseconds too, so only rows that were already
/// waiting at the previous call are indexed here.
/// </summary>
internal sealed class WaitingRowIndexer(ICatalog catalog, TableIndexer indexer, IndexLag lag)
{
    private readonly ConcurrentDictionary<TableGeneration, Seen> _seen = new();

    /// <summary>The tables that <see cref="IndexAsync"/> was called with.</summary>
    public IEnumerable<TableGeneration> Tables => _seen.Keys;

    public void Forget(TableGeneration table) => _seen.TryRemove(table, out _);

    public async Task IndexAsync(TableRecord table, CancellationToken cancellationToken)
    {
        var waiting = await ReadWaitingAsync(table, cancellationToken);
        var (before, unusable) = _seen.GetValueOrDefault(table.Generation) ?? new Seen([], []);
        unusable.IntersectWith(waiting);
        waiting.ExceptWith(unusable);
        if (waiting.Overlaps(before))
        {
            await indexer.IndexWaitingAsync(table, cancellationToken);

            // A row that was waiting before and still waits has a feature that can't be used.
            var left = await ReadWaitingAsync(table, cancellationToken);
            unusable.UnionWith(left.Intersect(before));
            waiting = [.. left.Except(unusable)];
        }

        _seen[table.Generation] = new Seen(waiting, unusable);
        lag.Update(table.Generation, waiting.Count);
    }

    private async Task<HashSet<RowVersion>> ReadWaitingAsync(TableRecord table, CancellationToken cancellationToken)
    {
        var waiting = new HashSet<RowVersion>();
        await foreach (var rows in catalog.ReadVersionsAsync(table.Generation, RowSelection.Waiting, cancellationToken)) waiting.UnionWith(rows);
        return waiting;
    }

    // Rows that waited at the previous call, and rows that can't be indexed.
    private sealed record Seen(HashSet<RowVersion> Waiting, HashSet<RowVersion> Unusable);
}
