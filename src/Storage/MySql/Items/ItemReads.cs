using System.Text;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Attributes;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Sessions;
using ImageSearch.Storage.MySql.Tables;

namespace ImageSearch.Storage.MySql.Items;

/// <summary>Reads of items. Each is one packet that also tells whether the generation is live.</summary>
internal sealed class ItemReads(TableSchemas schemas)
{
    public async Task<Result<Item?>> FindAsync(
        MySqlSession db, TableGeneration table, ItemReference item, ModelIdentity? model, CancellationToken cancellationToken)
    {
        var which = $" WHERE {(item.Key is null ? "r.id = @id" : ItemSql.WithKey)} ORDER BY r.id LIMIT 1";
        var values = new StatementValues();
        values.Add("id", item.Id);
        values.Add("key", item.Key);
        values.Add("bytes", item.Key is null ? 0 : Encoding.UTF8.GetByteCount(item.Key));
        var read = await SelectFromAsync(db, table, $"{new TableSql(table).Table} r", which, values, cancellationToken, model).ConfigureAwait(false);
        return read.TryGet(out var items, out var failure) ? items is [var first, ..] ? first : (Item?)null : failure;
    }

    public Task<Result<IReadOnlyList<Item>>> ReadAsync(
        MySqlSession db, TableGeneration table, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        SelectAsync(db, table, $"r.id IN ({SqlList.Of(ids.Where(id => id >= 0))})", new StatementValues(), cancellationToken);

    /// <summary>The items of a condition on a row <c>r</c>.</summary>
    public Task<Result<IReadOnlyList<Item>>> SelectAsync(
        MySqlSession db, TableGeneration table, string which, StatementValues values, CancellationToken cancellationToken) =>
        SelectFromAsync(db, table, $"{new TableSql(table).Table} r", " WHERE " + which, values, cancellationToken);

    /// <summary>The items of a join that names a row <c>r</c>.</summary>
    public async Task<Result<IReadOnlyList<Item>>> SelectFromAsync(
        MySqlSession db, TableGeneration table, string from, string rest, StatementValues values, CancellationToken cancellationToken,
        ModelIdentity? model = null)
    {
        var items = new List<Item>();
        TableRegistry.AddKey(values, table);
        var revision = await db.ReadAsync<long?>(
            $"SELECT {ItemSql.Columns}{(model is null ? "" : ItemSql.VectorColumns)} FROM {from}{rest};\n{ItemSql.LiveRevision}",
            values,
            row => items.Add(ItemReader.Read(row) with { Vectors = model is null ? null : ItemReader.ReadVectors(row, model) }),
            last => last.GetInt64(0),
            cancellationToken).ConfigureAwait(false);
        if (revision is not { } live) return CatalogFailures.TableDropped(table);
        await RestoreAsync(db, table, live, items).ConfigureAwait(false);
        return items;
    }

    public static async Task<Result<long>> CountAsync(MySqlSession db, TableGeneration table, CancellationToken cancellationToken) =>
        await db.FirstAsync<long?>(ItemSql.CountRows(new TableSql(table)), TableRegistry.Key(table), cancellationToken).ConfigureAwait(false) is { } count
            ? count
            : CatalogFailures.TableDropped(table);

    /// <summary>Whether any row <c>r</c> meets a condition.</summary>
    public static async Task<Result<bool>> AnyAsync(MySqlSession db, TableGeneration table, string which, CancellationToken cancellationToken)
    {
        var any = false;
        var revision = await db.ReadAsync<long?>(
            $"SELECT 1 FROM {new TableSql(table).Table} r WHERE {which} LIMIT 1;\n{ItemSql.LiveRevision}", TableRegistry.Key(table),
            _ => any = true, last => last.GetInt64(0), cancellationToken).ConfigureAwait(false);
        return revision is null ? CatalogFailures.TableDropped(table) : any;
    }

    private async Task RestoreAsync(MySqlSession db, TableGeneration table, long revision, List<Item> items)
    {
        if (!items.Exists(StoredAttributes.AreChanged)) return;
        var schema = schemas.Find(table) is { } known && known.Revision == revision
            ? known
            : await schemas.RefreshAsync(db, table).ConfigureAwait(false) ?? TableSchema.None;
        for (var i = 0; i < items.Count; i++) items[i] = StoredAttributes.Restore(items[i], schema.Settings.Attributes);
    }
}
