using System.Collections.Concurrent;
using ImageSearch.Storage;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains;

/// <summary>
/// Brings to this process's vectors what other processes wrote to the shared catalog. Over a catalog that one process has for itself, or a
/// vector store that all processes share, there is nothing to follow and every call does nothing.
/// </summary>
/// <param name="catalog">The catalog; followed where it is an <see cref="ITableChanges"/>.</param>
/// <param name="vectors">The vectors.</param>
/// <param name="logger">Takes what can't be used.</param>
public sealed partial class TableFollower(ICatalog catalog, IVectorStore vectors, ILogger<TableFollower> logger)
{
    private readonly ITableChanges? _changes = vectors.IsFilledFromCatalog ? catalog as ITableChanges : null;
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
            if (!last.TryGetValue(generation, out var number)) dropped.Add(generation.Name);
            else if (number > table.Applied) await CatchUpAsync(table, number, cancellationToken);
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
                    // Away for longer than changes are kept. Rows that are gone since stay here until a search meets them.
                    LogReadAnew(generation.Name);
                    await foreach (var batch in catalog.ReadVectorsAsync(
                        generation, table.Record.Model.Dimension, RowSelection.All, cancellationToken))
                    {
                        await vectors.PutAsync(generation, batch.Vectors, cancellationToken);
                    }

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
        catch (VectorStoreException)
        {
            // Its grain has closed the table meanwhile, and opens it anew from the catalog.
            Unwatch(generation);
        }
    }

    [LoggerMessage(EventId = 230, Level = LogLevel.Information, Message = "Table {Table}: changes were missed; it is read anew")]
    private partial void LogReadAnew(TableName table);

    [LoggerMessage(EventId = 231, Level = LogLevel.Warning, Message = "Table {Table}: row {Id} has no usable feature: {Reason}")]
    private partial void LogRefused(TableName table, long id, string reason);

    private sealed class Watched(TableRecord record, long applied)
    {
        public TableRecord Record { get; } = record;

        public long Applied { get; set; } = applied;
    }
}
