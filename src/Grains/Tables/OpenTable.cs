using ImageSearch.Grains.Indexing;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Grains.Tables;

/// <summary>
/// A grain's view of its table: which generation is live, and that the vector store holds it. The view is made by the first call that
/// needs it, once for all calls that wait, and thrown away when the catalog or the store says that it is old.
/// </summary>
internal sealed class OpenTable(ICatalog catalog, IVectorStore vectors, ChangeFeed follower, TableIndexer filling, TableLoads loads)
{
    private Task<TableRecord?>? _opening;
    private TableGeneration? _held;

    /// <summary>The live table, filled and searchable; null where there is none.</summary>
    public async Task<TableRecord?> OpenAsync(TableName name, CancellationToken cancellationToken)
    {
        // Filling outlives the caller that began it: others wait for the same task, and each may give up by itself.
        _opening ??= FillAndKeepAsync(name);
        return await _opening.WaitAsync(cancellationToken);
    }

    /// <summary>This generation is open here.</summary>
    public bool Holds(TableGeneration table) => _held == table;

    /// <summary>The table is gone; a view of a younger one of its name stays.</summary>
    public Task CloseAsync(TableGeneration table)
    {
        if (_held == table) (_opening, _held) = (null, null);
        follower.Unwatch(table);
        return vectors.DropAsync(table, CancellationToken.None);
    }

    /// <summary>The grain ends here and may go on elsewhere. What others change from now on is looked for when it opens here again.</summary>
    /// <param name="moves">It goes on elsewhere, so that its index is of no use here.</param>
    public void Leave(bool moves)
    {
        if (_held is not { } held) return;
        follower.Unwatch(held);
        if (moves) vectors.LetGo(held);
    }

    /// <summary>The vector store missed a row: compare it with the catalog before the next call is served.</summary>
    public void RefillAtNextCall() => _opening = null;

    /// <summary>The vector store has lost the table: the next call opens it anew, unless one has done so since.</summary>
    /// <param name="view">What the caller worked with.</param>
    public void ReopenAtNextCall(TableRecord view)
    {
        if (_opening is { IsCompletedSuccessfully: true } opened && ReferenceEquals(ViewOf(opened), view)) _opening = null;
    }

    // Only a table that was found and filled is kept as the view; the filling sees to that itself, for its callers may all have gone.
    private async Task<TableRecord?> FillAndKeepAsync(TableName name)
    {
        await Task.Yield(); // After this the field holds this task, so that clearing it below is the later of the two.
        var keep = false;
        try
        {
            var table = await FillAsync(name);
            keep = table is not null;
            _held = table?.Generation;
            loads.Opened(name, well: true);
            return table;
        }
        catch (VectorStoreException)
        {
            loads.Opened(name, well: false);
            throw;
        }
        finally
        {
            if (!keep) _opening = null;
        }
    }

    private async Task<TableRecord?> FillAsync(TableName name)
    {
        var table = await catalog.FindTableAsync(name, CancellationToken.None);
        if (table is null) return null;
        await vectors.OpenAsync(table, CancellationToken.None);
        if (vectors.IsFilledFromCatalog)
        {
            // Watched first: what others commit during the comparison reaches the store by the one or the other.
            await follower.WatchAsync(table, CancellationToken.None);
            await MendAsync(table);
        }

        return table;
    }

    private async Task MendAsync(TableRecord table)
    {
        try
        {
            await filling.MendAsync(table, CancellationToken.None);
        }
        catch (CatalogException e) when (e.Code == FailureCode.TableDropped)
        {
            // By another process, meanwhile: nobody else knows of these vectors.
            await CloseAsync(table.Generation);
            throw;
        }
    }

    // Of a task that has ended: nothing waits here.
#pragma warning disable RS0030
    private static TableRecord? ViewOf(Task<TableRecord?> opened) => opened.Result;
#pragma warning restore RS0030
}
