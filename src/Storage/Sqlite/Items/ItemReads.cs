using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Rows;
using ImageSearch.Storage.Sqlite.Schema;
using ImageSearch.Storage.Sqlite.Sessions;

namespace ImageSearch.Storage.Sqlite.Items;

/// <summary>Reads of items. Each runs in one snapshot and checks there that the table is live.</summary>
internal static class ItemReads
{
    public static Result<Item?> Find(SqliteSession db, TableGeneration table, ItemReference reference, ModelIdentity? model)
    {
        if (Registry.LiveDimension(db, table) is null) return CatalogFailures.TableDropped(table);
        var item = ItemReader.Find(db, table, reference);
        if (item is null || model is null) return item;
        var vectors = RowReads.Vectors(db, table, model.Dimension, [item.Id]).Vectors;
        return vectors.Count == 0 ? item : item with { Vectors = new PictureVectors(model, vectors[0].Whole, vectors[0].MainObject) };
    }

    public static Result<IReadOnlyList<Item>> Read(SqliteSession db, TableGeneration table, IReadOnlyCollection<long> ids)
    {
        if (Registry.LiveDimension(db, table) is null) return CatalogFailures.TableDropped(table);
        using var reader = db.Query(ItemSql.ByIds, ("$generation", table.Number), ("$ids", IdList.Json(ids)));
        return Result.Success<IReadOnlyList<Item>>(ItemReader.ReadAll(reader));
    }

    public static Result<long> Count(SqliteSession db, TableGeneration table) =>
        Registry.LiveDimension(db, table) is null
            ? CatalogFailures.TableDropped(table)
            : (long)db.Scalar(RowSql.CountAll, ("$generation", table.Number))!;
}
