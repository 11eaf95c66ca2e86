using ImageSearch.Grains.Indexing;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Grains.Tables;

/// <summary>
/// A grain's handle on its table: the live generation, indexed in the vector store. The first call that needs the table opens it for all
/// calls that wait. The handle is invalidated when the catalog or the store reports that it is outdated.
/// </summary>
internal sealed class TableHandle(
    ICatalog catalog, IItemCatalog items, IVectorStore vectors, ChangeFeed feed, TableIndexer indexer, TableLoads loads)
{
    private Task<TableRecord?>? _opening;
    private TableGeneration? _open;
    private bool _isSuspect;

    /// <summary>The live table, indexed and searchable; null if there is none.</summary>
    public async Task<TableRecord?> OpenAsync(TableName name, CancellationToken cancellationToken)
    {
        // Opening continues when the caller that started it gives up: other calls await the same task.
        _opening ??= OpenAndKeepAsync(name);
        return await _opening.WaitAsync(cancellationToken);
    }

    /// <summary>This generation is open.</summary>
    public bool IsOpen(TableGeneration table) => _open == table;

    /// <summary>Closes a dropped table. A newer generation of the same name stays open.</summary>
    public Task CloseAsync(TableGeneration table)
    {
        if (_open == table) (_opening, _open) = (null, null);
        feed.Unwatch(table);
        return vectors.DropAsync(table, CancellationToken.None);
    }

    /// <summary>
    /// Releases the table when the grain deactivates. Later changes by other processes are found when it is opened again.
    /// </summary>
    /// <param name="isMigrating">The grain moves to another silo, so the index is no longer needed here.</param>
    public void Release(bool isMigrating)
    {
        if (_open is not { } open) return;
        feed.Unwatch(open);
        if (isMigrating) vectors.Release(open);
    }

    /// <summary>The vector store missed a row: the next call compares the table with the catalog first.</summary>
    public void Invalidate() => _opening = null;

    /// <summary>The vector store has lost the table: the next call opens it again, unless another call has already done so.</summary>
    /// <param name="table">The record that the caller worked with.</param>
    public void Invalidate(TableRecord table)
    {
        if (_opening is { IsCompletedSuccessfully: true } opened && ReferenceEquals(ResultOf(opened), table)) _opening = null;
    }

    /// <summary>
    /// The open table with its present settings. Calls that depend on them begin with this one. It reads the table's revision if another
    /// process may have changed it; the whole record only if one has.
    /// </summary>
    /// <exception cref="CatalogException">The table is dropped, or the catalog can't be read.</exception>
    public async Task<TableRecord> RefreshAsync(TableRecord table, CancellationToken cancellationToken)
    {
        if (!_isSuspect && catalog is not ITableChanges) return table;
        var wasSuspect = _isSuspect;
        _isSuspect = false; // Before the read: a change that fails during it makes them suspect again.
        try
        {
            var revision = (await items.ReadRevisionAsync(table.Generation, cancellationToken)).OrThrow();
            if (revision == table.Revision)
            {
                wasSuspect = false;
                return table;
            }

            var current = await catalog.FindTableAsync(table.Generation.Name, cancellationToken);
            if (current?.Generation != table.Generation)
                throw new CatalogException(FailureCode.TableDropped, $"table {table.Generation.Name} was dropped during the call");
            Replace(current);
            wasSuspect = false;
            return current;
        }
        finally
        {
            _isSuspect |= wasSuspect;
        }
    }

    /// <summary>A change of the settings may have been made although its call failed: the next call that depends on them reads them.</summary>
    public void SuspectSettings() => _isSuspect = true;

    /// <summary>Takes a record with new settings, unless the handle has a newer one or another table.</summary>
    public void Replace(TableRecord table)
    {
        if (_opening is { IsCompletedSuccessfully: true } opened && ResultOf(opened) is { } known
            && known.Generation == table.Generation && known.Revision < table.Revision)
        {
            _opening = Task.FromResult<TableRecord?>(table);
        }
    }

    // Keeps the task only if the table was found and opened. Callers can't do that: they may all have given up.
    private async Task<TableRecord?> OpenAndKeepAsync(TableName name)
    {
        await Task.Yield(); // The field is assigned before the code below can clear it.
        var keep = false;
        try
        {
            var table = await FindAndIndexAsync(name);
            keep = table is not null;
            _open = table?.Generation;
            loads.RecordOpening(name, succeeded: true);
            return table;
        }
        catch (VectorStoreException)
        {
            loads.RecordOpening(name, succeeded: false);
            throw;
        }
        finally
        {
            if (!keep) _opening = null;
        }
    }

    private async Task<TableRecord?> FindAndIndexAsync(TableName name)
    {
        var table = await catalog.FindTableAsync(name, CancellationToken.None);
        if (table is null) return null;
        await vectors.OpenAsync(table, CancellationToken.None);
        if (vectors.IsFilledFromCatalog)
        {
            // Watch first: a change that is committed during the comparison is found by one of the two.
            await feed.WatchAsync(table, CancellationToken.None);
            await ReconcileAsync(table);
        }

        return table;
    }

    private async Task ReconcileAsync(TableRecord table)
    {
        try
        {
            await indexer.ReconcileAsync(table, CancellationToken.None);
        }
        catch (CatalogException e) when (e.Code == FailureCode.TableDropped)
        {
            // Another process dropped it during the comparison: nothing else would remove these vectors.
            await CloseAsync(table.Generation);
            throw;
        }
    }

    // The task has completed, so this does not block.
#pragma warning disable RS0030
    private static TableRecord? ResultOf(Task<TableRecord?> opened) => opened.Result;
#pragma warning restore RS0030
}
