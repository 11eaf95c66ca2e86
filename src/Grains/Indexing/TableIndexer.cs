using ImageSearch.Grains.Tables;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains.Indexing;

/// <summary>Brings the vector store in line with the catalog.</summary>
internal sealed partial class TableIndexer(ICatalog catalog, IVectorStore vectors, TableLoads loads, ILogger logger)
{
    private const int MaxRefusedReported = 100;

    /// <summary>
    /// Puts what waits, then compares the store with the catalog: stale rows go, missing ones come, and nothing else is read. In this
    /// order a row is read once: what waited is not missing any more.
    /// </summary>
    public async Task<LoadReport> MendAsync(TableRecord table, CancellationToken cancellationToken)
    {
        var remote = vectors as IRemoteVectorStore;
        var epoch = remote?.Epoch(table.Generation) ?? 0;
        var waited = await IndexWaitingAsync(table, cancellationToken);
        var versions = catalog.ReadVersionsAsync(table.Generation, RowSelection.All, cancellationToken);
        var found = await vectors.ReconcileAsync(table.Generation, versions, cancellationToken);
        var missed = new LoadReport(0, []);
        if (found.Missing.Count > 0 || found.Removed > 0)
        {
            LogCompared(table.Generation.Name, found.InCatalog, found.Missing.Count, found.Removed);
            if (found.Missing.Count > 0) missed = await IndexAsync(table, found, cancellationToken);
        }

        remote?.MarkReconciled(table.Generation, epoch);
        return new LoadReport(waited.Indexed + missed.Indexed, [.. waited.Refused, .. missed.Refused]);
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

    /// <summary>
    /// Puts rows into a store with a copy of its own and marks them as searchable. What was changed or deleted meanwhile, by whomever, is
    /// brought to the store as it is by then: the last to write to the store looks once more, so it never keeps an older version.
    /// </summary>
    public async Task PutAndMarkAsync(TableRecord table, IReadOnlyList<RowVectors> rows, CancellationToken cancellationToken)
    {
        while (rows.Count > 0)
        {
            await vectors.PutAsync(table.Generation, rows, cancellationToken);
            var marked = await catalog.MarkSearchableAsync(table.Generation, [.. rows.Select(row => row.Row)], CancellationToken.None);
            if (!marked.TryGet(out var count, out var failure)) throw new CatalogException(failure.Code, failure.Message);
            if (count == rows.Count) return;
            rows = await ChangedAsync(table, rows, cancellationToken);
        }
    }

    // Those that have another version by now; those that are gone are removed.
    private async Task<IReadOnlyList<RowVectors>> ChangedAsync(
        TableRecord table, IReadOnlyList<RowVectors> rows, CancellationToken cancellationToken)
    {
        var put = rows.ToDictionary(row => row.Row.Id, row => row.Row.Version);
        var changed = new List<RowVectors>();
        await foreach (var batch in catalog.ReadVectorsAsync(table.Generation, table.Model.Dimension, [.. put.Keys.Order()], cancellationToken))
        {
            changed.AddRange(batch.Vectors.Where(row => row.Row.Version != put[row.Row.Id]));
            foreach (var row in batch.Vectors) put.Remove(row.Row.Id);
            foreach (var row in batch.Refused) put.Remove(row.Id);
        }

        if (put.Count > 0)
            await vectors.RemoveAsync(table.Generation, [.. put.Select(row => new RowVersion(row.Key, row.Value))], cancellationToken);
        return changed;
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
            refused.AddRange(batch.Refused.Take(MaxRefusedReported - refused.Count));
            foreach (var row in batch.Refused) LogRefused(table.Generation.Name, row.Id, row.Reason);
            if (batch.Vectors.Count > 0)
            {
                if (mark || !vectors.IsFilledFromCatalog)
                    await PutAndMarkAsync(table, batch.Vectors, cancellationToken);
                else
                    await vectors.PutAsync(table.Generation, batch.Vectors, cancellationToken);
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
