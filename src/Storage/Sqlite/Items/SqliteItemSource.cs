using ImageSearch.Filtering;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Catalog.Listing;
using ImageSearch.Storage.Sqlite.Attributes;
using ImageSearch.Storage.Sqlite.Rows;
using ImageSearch.Storage.Sqlite.Schema;
using ImageSearch.Storage.Sqlite.Sessions;

namespace ImageSearch.Storage.Sqlite.Items;

/// <summary>The reads of one table for lists of items.</summary>
internal sealed class SqliteItemSource(ReadPool readers, TableGeneration table) : IItemSource
{
    public Task<Result<IReadOnlyList<Item>>> ReadByIdAsync(long? after, bool descending, int count, CancellationToken cancellationToken) =>
        ReadAsync(
            db =>
            {
                using var reader = db.Query(
                    descending ? ItemSql.Descending : ItemSql.Ascending,
                    ("$generation", table.Number), ("$after", after ?? (descending ? long.MaxValue : long.MinValue)), ("$count", count));
                return Result.Success<IReadOnlyList<Item>>(ItemReader.ReadAll(reader));
            },
            cancellationToken);

    public Task<Result<IReadOnlyList<Item>>> ReadByValueAsync(
        FilterField order, bool descending, ListPosition? after, int count, CancellationToken cancellationToken) =>
        ReadAsync(
            db =>
            {
                if (Unusable(db, order) is { } failure) return failure;
                using var reader = db.Query(
                    ItemSql.ByValue(order.Kind, descending, after is null),
                    ("$generation", table.Number), ("$attribute", ItemSql.AttributeOf(order)), ("$value", after?.Value?.Boxed), ("$after", after?.Id),
                    ("$count", count));
                return Result.Success<IReadOnlyList<Item>>(ItemReader.ReadAll(reader));
            },
            cancellationToken);

    public Task<Result<bool>> AnyWithoutValueAsync(FilterField order, CancellationToken cancellationToken) =>
        ReadAsync<bool>(
            db =>
            {
                if (order.Kind is FieldKind.Created or FieldKind.Modified) return false;
                var with = order.Kind == FieldKind.Key
                    ? db.Scalar(ItemSql.CountKeys, ("$generation", table.Number))
                    : db.Scalar(ItemSql.CountValues, ("$generation", table.Number), ("$attribute", ItemSql.AttributeOf(order)));
                return (long)with! < (long)db.Scalar(RowSql.CountAll, ("$generation", table.Number))!;
            },
            cancellationToken);

    public Task<Result<IReadOnlyList<Item>>> ReadAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        readers.ReadAsync(db => ItemReads.Read(db, table, ids), cancellationToken);

    public Task<Result<IReadOnlyList<long>?>> SelectIdsAsync(Filter filter, int limit, CancellationToken cancellationToken) =>
        readers.ReadAsync(db => IndexReads.Select(db, table, filter, limit, cancellationToken), cancellationToken);

    private Task<Result<T>> ReadAsync<T>(Func<SqliteSession, Result<T>> read, CancellationToken cancellationToken) =>
        readers.ReadAsync(
            db => Registry.LiveDimension(db, table) is null ? CatalogFailures.TableDropped(table) : read(db), cancellationToken);

    private Failure? Unusable(SqliteSession db, FilterField order)
    {
        if (ItemSql.AttributeOf(order) is not { } name) return null;
        if (order.Kind == FieldKind.Attribute && !IndexReads.IsIndexed(Registry.Live(db, table)!.Settings, order)) return CatalogFailures.OrderInvalid(name);
        return IndexWork.Incomplete(db, table).Contains(name) ? CatalogFailures.IndexIncomplete(name) : null;
    }
}
