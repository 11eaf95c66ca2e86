using System.Data.Common;
using System.Runtime.CompilerServices;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Sessions;
using ImageSearch.Storage.MySql.Tables;

namespace ImageSearch.Storage.MySql;

/// <content>Reads.</content>
public sealed partial class MySqlCatalog
{
    // 4 MB of float32: reading a batch takes tens of milliseconds for any model.
    private const int FloatsPerBatch = 1 << 20;
    private const int MaxRowsPerBatch = 1024;
    private const int VersionsPerBatch = 16_384;

    /// <inheritdoc/>
    public Task<Result<JoinedRows>> ReadTextsAsync(
        TableGeneration table, IReadOnlyCollection<RowVersion> rows, CancellationToken cancellationToken) =>
        ReadAsync(table, (db, token) => MySqlReads.TextsAsync(db, table, rows, token), () => CatalogFailures.TableDropped(table), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<VectorBatch> ReadVectorsAsync(
        TableGeneration table, int dimension, RowSelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        var count = RowsPerBatch(dimension);
        var after = -1L;
        while (await ReadAsync(
            table,
            (db, token) => MySqlReads.VectorsAsync(db, table, dimension, selection, after, count, token),
            () => throw Dropped(table),
            cancellationToken).ConfigureAwait(false) is { } read)
        {
            yield return read.Batch;
            after = read.Last;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<VectorBatch> ReadVectorsAsync(
        TableGeneration table, int dimension, IReadOnlyList<long> ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        foreach (var chunk in ids.Chunk(RowsPerBatch(dimension)))
        {
            yield return await ReadAsync(
                table,
                (db, token) => MySqlReads.VectorsOfAsync(db, table, dimension, chunk, token),
                () => null,
                cancellationToken).ConfigureAwait(false) ?? throw Dropped(table);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<RowVersion>> ReadVersionsAsync(
        TableGeneration table, RowSelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = -1L; ;)
        {
            var from = after;
            var rows = await ReadAsync(
                table,
                (db, token) => MySqlReads.VersionsAsync(db, table, selection, from, VersionsPerBatch, token),
                () => null,
                cancellationToken).ConfigureAwait(false) ?? throw Dropped(table);
            if (rows.Count == 0) yield break;
            yield return rows;
            after = rows[^1].Id;
        }
    }

    /// <inheritdoc/>
    public Task<Result<long>> CountSearchableAsync(TableGeneration table, CancellationToken cancellationToken) =>
        ReadAsync(
            table, (db, token) => MySqlReads.CountSearchableAsync(db, table, token), () => CatalogFailures.TableDropped(table),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<TableGeneration, long>> ReadLastChangesAsync(CancellationToken cancellationToken) =>
        _pool.RunAsync<IReadOnlyDictionary<TableGeneration, long>>(ChangeReads.LastAsync, cancellationToken);

    /// <inheritdoc/>
    public Task<TableChanges?> ReadChangesAsync(TableRecord table, long after, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        return ReadAsync<TableChanges?>(
            table.Generation, (db, token) => ChangeReads.SinceAsync(db, table, after, _transactions.Writer, token), () => null,
            cancellationToken);
    }

    private static int RowsPerBatch(int dimension) => Math.Clamp(FloatsPerBatch / dimension, 1, MaxRowsPerBatch);

    private static CatalogException Dropped(TableGeneration table) =>
        new(FailureCode.TableDropped, CatalogFailures.TableDropped(table).Message);

    // A table that is dropped concurrently may be gone before the statement runs.
    private Task<T> ReadAsync<T>(
        TableGeneration table, Func<MySqlSession, CancellationToken, Task<T>> read, Func<T> dropped, CancellationToken cancellationToken) =>
        _pool.RunAsync(
            async (db, token) =>
            {
                try
                {
                    return await read(db, token).ConfigureAwait(false);
                }
                catch (DbException e) when (MySqlDriver.ErrorNumber(e) == MySqlErrors.NoSuchTable)
                {
                    if (!await TableRegistry.IsLiveAsync(db, table, token).ConfigureAwait(false)) return dropped();
                    throw new CatalogException(
                        FailureCode.CatalogUnavailable,
                        $"table {table.Name} is missing from the database, though it was not dropped through this service; restore it from a backup, or drop it", e);
                }
            },
            cancellationToken);
}
