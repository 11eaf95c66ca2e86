using ImageSearch.Grains.Tables;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains.Indexing;

/// <summary>Writes the catalog's rows of a table to the vector store.</summary>
internal sealed class TableIndexer(ICatalog catalog, IVectorStore vectors, TableLoads loads, ILogger logger)
{
    private const int MaxRefusedReported = 100;

    /// <summary>
    /// Indexes waiting rows, then compares the store with the catalog: removes outdated rows and adds missing ones, and reads no other
    /// feature. In this order each row is read once: a row that was waiting is no longer missing.
    /// </summary>
    public async Task<LoadReport> ReconcileAsync(TableRecord table, CancellationToken cancellationToken)
    {
        var remote = vectors as IRemoteVectorStore;
        var epoch = remote?.Epoch(table.Generation) ?? 0;
        var waited = await IndexWaitingAsync(table, cancellationToken);
        var versions = catalog.ReadVersionsAsync(table.Generation, RowSelection.All, cancellationToken);
        var found = await vectors.ReconcileAsync(table.Generation, versions, cancellationToken);
        var missed = new LoadReport(0, []);
        if (found.Missing.Count > 0 || found.Removed > 0)
        {
            logger.TableReconciled(table.Generation.Name, found.InCatalog, found.Missing.Count, found.Removed);
            if (found.Missing.Count > 0) missed = await IndexMissingAsync(table, found, cancellationToken);
        }

        remote?.MarkReconciled(table.Generation, epoch);
        return new LoadReport(waited.Indexed + missed.Indexed, [.. waited.Refused, .. missed.Refused]);
    }

    /// <summary>Writes the rows that wait in the catalog to the vector store, and marks them as searchable.</summary>
    public async Task<LoadReport> IndexWaitingAsync(TableRecord table, CancellationToken cancellationToken)
    {
        var waiting = 0L;
        await foreach (var rows in catalog.ReadVersionsAsync(table.Generation, RowSelection.Waiting, cancellationToken)) waiting += rows.Count;
        if (waiting == 0) return new LoadReport(0, []);
        return await IndexAsync(
            table,
            waiting,
            catalog.ReadVectorsAsync(table.Generation, table.Model.Dimension, RowSelection.Waiting, cancellationToken),
            mark: true,
            cancellationToken);
    }

    /// <summary>
    /// Writes rows to a remote store and marks them as searchable. A row that any process changed or deleted in the meantime can't be
    /// marked; its current state is read and written in turn. The last writer therefore always checks once more, and the store never keeps
    /// an older version.
    /// </summary>
    public async Task PutAndMarkAsync(TableRecord table, IReadOnlyList<RowVectors> rows, CancellationToken cancellationToken)
    {
        while (rows.Count > 0)
        {
            await vectors.PutAsync(table.Generation, rows, cancellationToken);
            var marked = await catalog.MarkSearchableAsync(table.Generation, [.. rows.Select(row => row.Row)], CancellationToken.None);
            if (marked.OrThrow() == rows.Count) return;
            rows = await ReadChangedAsync(table, rows, cancellationToken);
        }
    }

    /// <summary>Removes rows from the store. A failure is only logged: searches skip rows that the catalog does not have.</summary>
    public async Task TryRemoveAsync(TableGeneration table, IReadOnlyList<RowVersion> rows)
    {
        if (rows.Count == 0) return;
        try
        {
            await vectors.RemoveAsync(table, rows, CancellationToken.None);
        }
        catch (VectorStoreException e)
        {
            logger.VectorStoreFailed(table.Name, e);
        }
    }

    // Returns the rows that have another version in the catalog; removes from the store those that are deleted.
    private async Task<IReadOnlyList<RowVectors>> ReadChangedAsync(
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

    private Task<LoadReport> IndexMissingAsync(TableRecord table, Reconciliation found, CancellationToken cancellationToken) =>
        IndexAsync(
            table,
            found.Missing.Count,
            found.Missing.Count == found.InCatalog
                ? catalog.ReadVectorsAsync(table.Generation, table.Model.Dimension, RowSelection.All, cancellationToken)
                : catalog.ReadVectorsAsync(table.Generation, table.Model.Dimension, found.Missing, cancellationToken),
            mark: false,
            cancellationToken);

    private async Task<LoadReport> IndexAsync(
        TableRecord table, long total, IAsyncEnumerable<VectorBatch> batches, bool mark, CancellationToken cancellationToken)
    {
        using var load = loads.Begin(table.Generation.Name, total);
        var refused = new List<RefusedRow>();
        var indexed = 0L;
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            refused.AddRange(batch.Refused.Take(MaxRefusedReported - refused.Count));
            foreach (var row in batch.Refused) logger.FeatureUnusable(table.Generation.Name, row.Id, row.Reason);
            if (batch.Vectors.Count > 0)
            {
                if (mark || !vectors.IsFilledFromCatalog)
                    await PutAndMarkAsync(table, batch.Vectors, cancellationToken);
                else
                    await vectors.PutAsync(table.Generation, batch.Vectors, cancellationToken);
                indexed += batch.Vectors.Count;
            }

            if (load.Add(batch.Vectors.Count + batch.Refused.Count))
                logger.IndexingProgress(table.Generation.Name, load.Rows, total, load.Rate, load.SecondsLeft ?? 0);
        }

        logger.RowsIndexed(table.Generation.Name, indexed, load.Elapsed.TotalSeconds, load.Rate);
        return new LoadReport(indexed, refused);
    }
}
