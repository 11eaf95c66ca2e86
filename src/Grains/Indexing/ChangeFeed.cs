using System.Collections.Concurrent;
using ImageSearch.Grains.Tables;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains.Indexing;

/// <summary>
/// Applies to this process's vectors what other processes wrote to the shared catalog. If the catalog belongs to one process, or all
/// processes share one vector store, every call does nothing.
/// </summary>
/// <remarks>
/// Changes are also applied to a table whose index was evicted from memory; the store loads it again, within its limit. A later comparison
/// with the catalog can't replace that: an index is loaded from its snapshot without one.
/// </remarks>
/// <param name="catalog">The catalog. Its changes are read if it is an <see cref="ITableChanges"/>.</param>
/// <param name="vectors">The vector store.</param>
/// <param name="loads">Lists the tables that are being indexed.</param>
/// <param name="logger">The log.</param>
public sealed class ChangeFeed(ICatalog catalog, IVectorStore vectors, TableLoads loads, ILogger<ChangeFeed> logger)
{
    private readonly ITableChanges? _changes = vectors.IsFilledFromCatalog ? catalog as ITableChanges : null;
    private readonly TableIndexer _indexer = new(catalog, vectors, loads, logger);
    private readonly ConcurrentDictionary<TableGeneration, Watched> _watched = new();

    /// <summary>Other processes can write to the catalog.</summary>
    public bool IsEnabled => _changes is not null;

    /// <summary>Starts to apply a table's changes. Called before the table is indexed, so that no change is missed in between.</summary>
    internal async Task WatchAsync(TableRecord table, CancellationToken cancellationToken)
    {
        if (_changes is null) return;
        var last = await _changes.ReadLastChangesAsync(cancellationToken);
        if (last.TryGetValue(table.Generation, out var number)) _watched[table.Generation] = new Watched(table, number);
    }

    /// <summary>Stops applying a table's changes.</summary>
    internal void Unwatch(TableGeneration table) => _watched.TryRemove(table, out _);

    /// <summary>Reads and applies the changes since the previous call. Calls must not overlap.</summary>
    /// <returns>The names of tables that another process dropped. Their grains still have a view of them.</returns>
    public async Task<IReadOnlyList<TableName>> PollAsync(CancellationToken cancellationToken)
    {
        if (_changes is null || _watched.IsEmpty) return [];
        var last = await _changes.ReadLastChangesAsync(cancellationToken);
        var dropped = new List<TableName>();
        foreach (var (generation, table) in _watched)
        {
            if (last.TryGetValue(generation, out var number))
            {
                if (number > table.Applied) await ApplyAsync(table, number, cancellationToken);
                continue;
            }

            // Drop it here too: the grain may have no view of the table, if opening it failed half-way.
            Unwatch(generation);
            await vectors.DropAsync(generation, cancellationToken);
            dropped.Add(generation.Name);
        }

        return dropped;
    }

    private async Task ApplyAsync(Watched table, long until, CancellationToken cancellationToken)
    {
        var generation = table.Record.Generation;
        try
        {
            while (table.Applied < until)
            {
                var changes = await _changes!.ReadChangesAsync(table.Record, table.Applied, cancellationToken);
                if (changes is null)
                {
                    // This process was away for longer than changes are kept.
                    logger.ChangesMissed(generation.Name);
                    await _indexer.ReconcileAsync(table.Record, cancellationToken);
                    table.Applied = until;
                    return;
                }

                await vectors.RemoveAsync(generation, changes.Removed, cancellationToken);
                await vectors.PutAsync(generation, changes.Put, cancellationToken);
                foreach (var row in changes.Refused) logger.ChangedFeatureUnusable(generation.Name, row.Id, row.Reason);
                table.Applied = changes.Last;
            }
        }
        catch (CatalogException e) when (e.Code == FailureCode.TableDropped)
        {
            // The next poll reports it as dropped.
        }
        catch (VectorStoreException e) when (e.NeedsReopening)
        {
            // Closed by its grain, or lost with a damaged snapshot: the next call opens and watches it again and compares it with the
            // catalog. It may already be doing so: remove this watch only.
            _watched.TryRemove(new(generation, table));
        }
        catch (VectorStoreException e)
        {
            // Keep the watch and retry at the next poll: otherwise searches would never find these changes.
            logger.ChangesNotApplied(generation.Name, e);
        }
    }

    private sealed class Watched(TableRecord record, long applied)
    {
        public TableRecord Record { get; } = record;

        public long Applied { get; set; } = applied;
    }
}
