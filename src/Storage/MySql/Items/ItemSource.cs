using System.Globalization;
using ImageSearch.Filtering;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Catalog.Listing;
using ImageSearch.Storage.MySql.Attributes;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Sessions;

namespace ImageSearch.Storage.MySql.Items;

/// <summary>The reads of lists, on one connection.</summary>
internal sealed class ItemSource(
    MySqlSession db, TableGeneration table, TableSchemas schemas, ItemReads reads, ItemSelection selection, ColumnIndexes productIds,
    ColumnIndexes creations) : IItemSource
{
    private readonly TableSql _sql = new(table);

    public Task<Result<IReadOnlyList<Item>>> ReadByIdAsync(long? after, bool descending, int count, CancellationToken cancellationToken)
    {
        // The column is unsigned.
        var from = after ?? (descending ? long.MaxValue : -1);
        var limits = (after, descending) switch
        {
            (_, false) => $"r.id > {Number(from)} AND r.id <= {Number(long.MaxValue)}",
            (null, true) => $"r.id <= {Number(from)}",
            (_, true) => $"r.id < {Number(from)}",
        };
        return reads.SelectAsync(
            db, table, $"{limits} ORDER BY r.id{(descending ? " DESC" : "")} LIMIT {Number(count)}", new StatementValues(), cancellationToken);
    }

    public async Task<Result<IReadOnlyList<Item>>> ReadByValueAsync(
        FilterField order, bool descending, ListPosition? after, int count, CancellationToken cancellationToken)
    {
        if (order.Kind == FieldKind.Attribute) return await ReadByAttributeAsync(order, descending, after, count, cancellationToken).ConfigureAwait(false);
        if (order.Kind == FieldKind.Created) await creations.ExistsAsync(db, table).ConfigureAwait(false);
        if (order.Kind == FieldKind.ProductId) await productIds.ExistsAsync(db, table).ConfigureAwait(false);
        var values = new StatementValues();
        var (column, hasValue) = ColumnOf(order);
        var which = hasValue + After(column, "r.id", descending, after, values) + OrderBy(column, "r.id", descending, count);

        // Orders ids alone: without an index the server sorts them.
        return await reads.SelectFromAsync(
            db, table, $"(SELECT r.id FROM {_sql.Table} r WHERE {which}) w STRAIGHT_JOIN {_sql.Table} r ON r.id = w.id",
            OrderBy(column, "r.id", descending, count), values, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Result<bool>> AnyWithoutValueAsync(FilterField order, CancellationToken cancellationToken)
    {
        string which;
        if (order.Kind == FieldKind.Attribute)
        {
            if (!(await IndexAsync(order).ConfigureAwait(false)).TryGet(out var index, out var failure)) return failure;
            which = $"NOT EXISTS (SELECT 1 FROM {IndexTables.Entries} e WHERE e.index_number = {Number(index.Number)} AND e.id = r.id)";
        }
        else
        {
            which = $"({ColumnOf(order).HasValue}) IS NOT TRUE";
        }

        return await ItemReads.AnyAsync(db, table, which, cancellationToken).ConfigureAwait(false);
    }

    public Task<Result<IReadOnlyList<Item>>> ReadAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        reads.ReadAsync(db, table, ids, cancellationToken);

    public Task<Result<IReadOnlyList<long>?>> SelectIdsAsync(Filter filter, int limit, CancellationToken cancellationToken) =>
        selection.SelectAsync(db, table, filter, limit, cancellationToken);

    private async Task<Result<IReadOnlyList<Item>>> ReadByAttributeAsync(
        FilterField order, bool descending, ListPosition? after, int count, CancellationToken cancellationToken)
    {
        if (!(await IndexAsync(order).ConfigureAwait(false)).TryGet(out var index, out var failure)) return failure;
        var values = new StatementValues();
        var column = order.Type == AttributeType.String ? "e.text" : "e.number";
        var items = await reads.SelectFromAsync(
            db, table, $"{IndexTables.Entries} e STRAIGHT_JOIN {_sql.Table} r ON r.id = e.id",
            $" WHERE e.index_number = {Number(index.Number)} AND {column} IS NOT NULL"
            + After(column, "e.id", descending, after, values) + OrderBy(column, "e.id", descending, count),
            values, cancellationToken).ConfigureAwait(false);

        // Entries of an index that was dropped may have been removed already.
        return await IndexAsync(order).ConfigureAwait(false) is { Value: { } same } && same.Number == index.Number
            ? items
            : CatalogFailures.IndexIncomplete(order.Attribute!.Name);
    }

    private async Task<Result<AttributeIndex>> IndexAsync(FilterField order)
    {
        if (await schemas.RefreshAsync(db, table).ConfigureAwait(false) is not { } schema) return CatalogFailures.TableDropped(table);
        var name = order.Attribute!.Name;
        if (schema.Find(name) is not { } index || index.Type != order.Type) return CatalogFailures.OrderInvalid(name);
        return index.IsReady ? index : CatalogFailures.IndexIncomplete(name);
    }

    private static (string Column, string HasValue) ColumnOf(FilterField order) => order.Kind switch
    {
        FieldKind.Key => ("r.item_key", "r.item_key IS NOT NULL"),

        // An empty product id is none. Comparisons ignore trailing spaces.
        FieldKind.ProductId => ("r.product_id", "LENGTH(r.product_id) > 0"),

        // A shop's own rows may have the date 0000-00-00.
        FieldKind.Created => ("r.create_date", "r.create_date >= '0001-01-01'"),
        FieldKind.Modified => ("r.modify_date", "r.modify_date >= '0001-01-01'"),
        _ => throw new ArgumentOutOfRangeException(nameof(order), order.Kind, "Lists can't be ordered by this field."),
    };

    private static string After(string column, string id, bool descending, ListPosition? after, StatementValues values)
    {
        if (after is not { Value: { } value } position) return "";
        var bound = value.Text is { } text ? values.AddOne(EntryText.Cut(text)) : EntrySql.Literal(value.Number);
        var beyond = descending ? "<" : ">";
        return $" AND {column} {beyond}= {bound} AND ({column} {beyond} {bound} OR {id} {beyond} {Number(position.Id)})";
    }

    private static string OrderBy(string column, string id, bool descending, int count)
    {
        var direction = descending ? " DESC" : "";
        return $" ORDER BY {column}{direction}, {id}{direction} LIMIT {Number(count)}";
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
