using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Rows;

namespace ImageSearch.Storage.Sqlite;

/// <content>Whole rows, for export and import.</content>
public sealed partial class SqliteCatalog : ITableTransfer
{
    private const int MaxRowsARead = 10_000;

    /// <inheritdoc/>
    public Task<Result<TableExtent>> ReadExtentAsync(TableGeneration table, CancellationToken cancellationToken) =>
        _readers.ReadAsync(db => RowTransfers.Extent(db, table), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<StoredRow>>> ReadRowsAsync(
        TableGeneration table, long after, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxRowsARead);
        return _readers.ReadAsync(db => RowTransfers.Read(db, table, after, count), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<StoredRow>>> FindRowsAsync(
        TableGeneration table, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        _readers.ReadAsync(db => RowTransfers.Find(db, table, ids), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<long>>> InsertRowsAsync(
        TableGeneration table, IReadOnlyList<StoredRow> rows, CancellationToken cancellationToken) =>
        _writer.WriteAsync(db => RowTransfers.Insert(db, table, rows, Now), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<Done>> RaiseLastIdAsync(TableGeneration table, long lastId, CancellationToken cancellationToken) =>
        _writer.WriteAsync(db => RowTransfers.RaiseLastId(db, table, lastId), cancellationToken);
}
