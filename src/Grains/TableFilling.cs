using ImageSearch.Storage;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains;

/// <summary>Brings the vector store in line with the catalog.</summary>
internal sealed partial class TableFilling(ICatalog catalog, IVectorStore vectors, TableLoads loads, ILogger logger)
{
    private const int MostRefusedReported = 100;

    /// <summary>
    /// Puts what waits, then compares the store with the catalog: stale rows go, missing ones come, and nothing else is read. In this
    /// order a row is read once: what waited is not missing any more.
    /// </summary>
    public async Task MendAsync(TableRecord table, CancellationToken cancellationToken)
    {
        await IndexWaitingAsync(table, cancellationToken);
        var versions = catalog.ReadVersionsAsync(table.Generation, RowSelection.All, cancellationToken);
        var found = await vectors.ReconcileAsync(table.Generation, versions, cancellationToken);
        if (found.Missing.Count == 0 && found.Removed == 0) return;
        LogCompared(table.Generation.Name, found.InCatalog, found.Missing.Count, found.Removed);
        if (found.Missing.Count > 0) await IndexAsync(table, found, cancellationToken);
    }

    /// <summary>Puts the rows that wait in the catalog into the vector store, and marks them as searchable.</summary>
    public async Task<LoadReport> IndexWaitingAsync(TableRecord table, CancellationToken cancellationToken)
    {
        var waiting = 0L;
        await foreach (var rows in catalog.ReadVersionsAsync(table.Generation, RowSelection.Waiting, cancellationToken)) waiting += rows.Count;
        if (waiting == 0) return new LoadReport(0, []);
        return await PutAsync(
            table,
            waiting,
            catalog.ReadVectorsAsync(table.Generation, table.Model.Dimension, RowSelection.Waiting, cancellationToken),
            mark: true,
            cancellationToken);
    }

    private Task<LoadReport> IndexAsync(TableRecord table, Reconciliation found, CancellationToken cancellationToken) =>
        PutAsync(
            table,
            found.Missing.Count,
            found.Missing.Count == found.InCatalog
                ? catalog.ReadVectorsAsync(table.Generation, table.Model.Dimension, RowSelection.All, cancellationToken)
                : catalog.ReadVectorsAsync(table.Generation, table.Model.Dimension, found.Missing, cancellationToken),
            mark: false,
            cancellationToken);

    private async Task<LoadReport> PutAsync(
        TableRecord table, long total, IAsyncEnumerable<VectorBatch> batches, bool mark, CancellationToken cancellationToken)
    {
        using var load = loads.Begin(table.Generation.Name, total);
        var refused = new List<RefusedRow>();
        var indexed = 0L;
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            refused.AddRange(batch.Refused.Take(MostRefusedReported - refused.Count));
            foreach (var row in batch.Refused) LogRefused(table.Generation.Name, row.Id, row.Reason);
            if (batch.Vectors.Count > 0)
            {
                await vectors.PutAsync(table.Generation, batch.Vectors, cancellationToken);
                if (mark) await catalog.MarkSearchableAsync(table.Generation, [.. batch.Vectors.Select(row => row.Row)], cancellationToken);
                indexed += batch.Vectors.Count;
            }

            if (load.Add(batch.Vectors.Count + batch.Refused.Count))
                LogProgress(table.Generation.Name, load.Rows, total, load.Rate, load.SecondsLeft ?? 0);
        }

        LogFilled(table.Generation.Name, indexed, load.Elapsed.TotalSeconds, load.Rate);
        return new LoadReport(indexed, refused);
    }

    [LoggerMessage(EventId = 210, Level = LogLevel.Warning, Message = "Table {Table}: row {Id} has no usable feature: {Reason}")]
    private partial void LogRefused(TableName table, long id, string reason);

    [LoggerMessage(
        EventId = 211, Level = LogLevel.Information,
        Message = "Table {Table}: {Rows} of {Total} rows read from the catalog, {Rate:F0} a second, about {SecondsLeft:F0} s left")]
    private partial void LogProgress(TableName table, long rows, long total, double rate, double secondsLeft);

    [LoggerMessage(
        EventId = 212, Level = LogLevel.Information, Message = "Table {Table}: {Rows} rows indexed from the catalog in {Seconds:F1} s, {Rate:F0} a second")]
    private partial void LogFilled(TableName table, long rows, double seconds, double rate);

    [LoggerMessage(
        EventId = 213, Level = LogLevel.Information,
        Message = "Table {Table}: of {Rows} rows in the catalog {Missing} are missing in the index, {Removed} of the index are outdated or gone")]
    private partial void LogCompared(TableName table, long rows, long missing, long removed);
}
