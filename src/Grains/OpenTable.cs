using ImageSearch.Storage;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains;

/// <summary>
/// A grain's view of its table: which generation is live, and that the vector store holds it. The view is made by the first call that
/// needs it, once for all calls that wait, and thrown away when the catalog says that it is old.
/// </summary>
internal sealed partial class OpenTable(ICatalog catalog, IVectorStore vectors, TableFollower follower, ILogger logger)
{
    private const int MostRefusedReported = 100;
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

    /// <summary>The vector store missed a row: compare it with the catalog before the next call is served.</summary>
    public void RefillAtNextCall() => _opening = null;

    /// <summary>Puts rows from the catalog into the vector store and marks those that waited.</summary>
    public async Task<LoadReport> IndexAsync(TableRecord table, RowSelection selection, CancellationToken cancellationToken)
    {
        var refused = new List<RefusedRow>();
        var indexed = 0L;
        await foreach (var batch in catalog.ReadVectorsAsync(table.Generation, table.Model.Dimension, selection, cancellationToken))
        {
            refused.AddRange(batch.Refused.Take(MostRefusedReported - refused.Count));
            foreach (var row in batch.Refused) LogRefused(table.Generation.Name, row.Id, row.Reason);
            if (batch.Vectors.Count == 0) continue;
            await vectors.PutAsync(table.Generation, batch.Vectors, cancellationToken);
            if (selection == RowSelection.Waiting)
                await catalog.MarkSearchableAsync(table.Generation, [.. batch.Vectors.Select(row => row.Row)], cancellationToken);
            indexed += batch.Vectors.Count;
            LogProgress(table.Generation.Name, indexed);
        }

        return new LoadReport(indexed, refused);
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
            return table;
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
            await follower.WatchAsync(table, CancellationToken.None);
            await FillFromCatalogAsync(table);
        }

        return table;
    }

    private async Task FillFromCatalogAsync(TableRecord table)
    {
        try
        {
            await IndexAsync(table, RowSelection.All, CancellationToken.None);
            await IndexAsync(table, RowSelection.Waiting, CancellationToken.None);
        }
        catch (CatalogException e) when (e.Code == FailureCode.TableDropped)
        {
            // By another process, meanwhile: nobody else knows of these vectors.
            await CloseAsync(table.Generation);
            throw;
        }
    }

    [LoggerMessage(EventId = 210, Level = LogLevel.Warning, Message = "Table {Table}: row {Id} has no usable feature: {Reason}")]
    private partial void LogRefused(TableName table, long id, string reason);

    [LoggerMessage(EventId = 211, Level = LogLevel.Debug, Message = "Table {Table}: {Rows} rows indexed")]
    private partial void LogProgress(TableName table, long rows);
}
