using System.Collections.Concurrent;
using ImageSearch.Grains.Tables;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains.Indexing;

/// <summary>
/// Brings to this process's vectors what other processes wrote to the shared catalog. Over a catalog that one process has for itself, or a
/// vector store that all processes share, there is nothing to follow and every call does nothing.
/// </summary>
/// <remarks>
/// Changes go to the store also where a table's index has left memory; applying them brings it back, within the store's limit. They could
/// not be left to a later comparison: an index comes back from its snapshot as it left, without one.
/// </remarks>
/// <param name="catalog">The catalog; followed where it is an <see cref="ITableChanges"/>.</param>
/// <param name="vectors">The vectors.</param>
/// <param name="loads">Shows a table that is filled anew.</param>
/// <param name="logger">Takes what can't be used.</param>
public sealed partial class ChangeFeed(ICatalog catalog, IVectorStore vectors, TableLoads loads, ILogger<ChangeFeed> logger)
{
    private readonly ITableChanges? _changes = vectors.IsFilledFromCatalog ? catalog as ITableChanges : null;
    private readonly TableIndexer _filling = new(catalog, vectors, loads, logger);
    private readonly ConcurrentDictionary<TableGeneration, Watched> _watched = new();

    /// <summary>There is something to follow.</summary>
    public bool IsNeeded => _changes is not null;

    /// <summary>Follows a table from now on; called before it is filled, so that no change falls between.</summary>
    internal async Task WatchAsync(TableRecord table, CancellationToken cancellationToken)
    {
        if (_changes is null) return;
        var last = await _changes.ReadLastChangesAsync(cancellationToken);
        if (last.TryGetValue(table.Generation, out var number)) _watched[table.Generation] = new Watched(table, number);
    }

    /// <summary>Follows a table no longer.</summary>
    internal void Unwatch(TableGeneration table) => _watched.TryRemove(table, out _);

    /// <summary>Reads and applies what has changed since the call before. Called by one caller at a time.</summary>
    /// <returns>Names of tables that another process dropped; the view that their grains have of them is old.</returns>
    public async Task<IReadOnlyList<TableName>> FollowAsync(CancellationToken cancellationToken)
    {
        if (_changes is null || _watched.IsEmpty) return [];
        var last = await _changes.ReadLastChangesAsync(cancellationToken);
        var dropped = new List<TableName>();
        foreach (var (generation, table) in _watched)
        {
            if (last.TryGetValue(generation, out var number))
            {
                if (number > table.Applied) await CatchUpAsync(table, number, cancellationToken);
                continue;
            }

            // Here and not in the grain alone, which may have no view of it: its opening may have failed half-way.
            Unwatch(generation);
            await vectors.DropAsync(generation, cancellationToken);
            dropped.Add(generation.Name);
        }

        return dropped;
    }

    private async Task CatchUpAsync(Watched table, long until, CancellationToken cancellationToken)
    {
        var generation = table.Record.Generation;
        try
        {
            while (table.Applied < until)
            {
                var changes = await _changes!.ReadChangesAsync(table.Record, table.Applied, cancellationToken);
                if (changes is null)
                {
                    // Away for longer than changes are kept.
                    LogReadAnew(generation.Name);
                    await _filling.MendAsync(table.Record, cancellationToken);
                    table.Applied = until;
                    return;
                }

                await vectors.RemoveAsync(generation, changes.Removed, cancellationToken);
                await vectors.PutAsync(generation, changes.Put, cancellationToken);
                foreach (var row in changes.Refused) LogRefused(generation.Name, row.Id, row.Reason);
                table.Applied = changes.Last;
            }
        }
        catch (CatalogException e) when (e.Code == FailureCode.TableDropped)
        {
            // The next call finds it gone.
        }
        catch (VectorStoreException e) when (e.NeedsReopening)
        {
            // Closed by its grain meanwhile, or lost with a damaged snapshot: the next call opens it anew, watches it from then on and
            // compares it with the catalog. It may be doing so already, so only this watch ends.
            _watched.TryRemove(new(generation, table));
        }
        catch (VectorStoreException e)
        {
            // The table stays open: what could not be applied is tried again with the next turn, or its searches would lack it for good.
            LogBehind(generation.Name, e);
        }
    }

    [LoggerMessage(EventId = 230, Level = LogLevel.Information, Message = "Table {Table}: changes were missed; it is read anew")]
    private partial void LogReadAnew(TableName table);

    [LoggerMessage(EventId = 231, Level = LogLevel.Warning, Message = "Table {Table}: row {Id} has no usable feature: {Reason}")]
    private partial void LogRefused(TableName table, long id, string reason);

    [LoggerMessage(EventId = 233, Level = LogLevel.Error, Message = "Table {Table}: what other processes changed can't be applied; it is tried again")]
    private partial void LogBehind(TableName table, Exception exception);

    private sealed class Watched(TableRecord record, long applied)
    {
        public TableRecord Record { get; } = record;

        public long Applied { get; set; } = applied;
    }
}
