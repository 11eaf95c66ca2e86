using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Attributes;
using ImageSearch.Storage.Sqlite.Pictures;
using ImageSearch.Storage.Sqlite.Rows;
using ImageSearch.Storage.Sqlite.Schema;
using ImageSearch.Storage.Sqlite.Sessions;

namespace ImageSearch.Storage.Sqlite.Items;

/// <summary>Writes of items. Each runs in the writer's transaction and checks there that the table is live.</summary>
internal static class ItemWrites
{
    public static Result<Result<ItemWrite>[]> Put(SqliteSession db, TableGeneration table, IReadOnlyList<EncodedPut> items, string now)
    {
        if (Registry.Live(db, table) is not { } live) return CatalogFailures.TableDropped(table);
        var results = new Result<ItemWrite>[items.Count];
        for (var i = 0; i < results.Length; i++) results[i] = Put(db, live, items[i], now);
        return results;
    }

    /// <param name="db">The catalog.</param>
    /// <param name="table">The table.</param>
    /// <param name="patch">The change.</param>
    /// <param name="vectors">The columns of its vectors, if it has any.</param>
    /// <param name="now">The time.</param>
    public static Result<ItemWrite> Patch(SqliteSession db, TableGeneration table, ItemPatch patch, EncodedVectors? vectors, string now)
    {
        if (Registry.Live(db, table) is not { } live) return CatalogFailures.TableDropped(table);
        if (vectors is not null && vectors.Dimension != live.Dimension)
            return CatalogFailures.ModelMismatch(table, live.Dimension, vectors.Dimension);
        if (ItemReader.Find(db, table, patch.Item) is not { } item) return CatalogFailures.ItemNotFound(patch.Item);
        if (patch.Condition?.IsMet(item) == false) return CatalogFailures.ConditionFailed(patch.Item);
        if (!ItemTexts.Apply(item.Texts, patch.Changes, live.Settings.Attributes).TryGet(out var texts, out var failure)) return failure;
        if (texts.Key is { } key && key != item.Texts.Key && ItemReader.Find(db, table, new ItemReference(key, 0)) is { } other)
            return CatalogFailures.ItemExists(other.Id);
        return new ItemWrite(Replace(db, live, item, texts, vectors, now), ItemEffect.Replaced);
    }

    public static Result<IReadOnlyList<RowVersion>> Delete(
        SqliteSession db, TableGeneration table, ItemReference reference, ItemCondition? condition)
    {
        if (Registry.Live(db, table) is not { } live) return CatalogFailures.TableDropped(table);
        if (ItemReader.Find(db, table, reference) is not { } item) return CatalogFailures.ItemNotFound(reference);
        if (condition?.IsMet(item) == false) return CatalogFailures.ConditionFailed(reference);
        var deleted = new List<RowVersion>();
        if (reference.Key is { } key) RowWrites.Delete(db, live, deleted, RowSql.DeleteByKey, ("$key", key));
        else RowWrites.Delete(db, live, deleted, RowSql.DeleteByIds, ("$ids", IdList.Json([item.Id])));
        return RowWrites.ById(deleted);
    }

    private static Result<ItemWrite> Put(SqliteSession db, LiveTable table, EncodedPut encoded, string now)
    {
        var (put, vectors) = (encoded.Put, encoded.Vectors);
        if (vectors.Dimension != table.Dimension) return CatalogFailures.ModelMismatch(table.Generation, table.Dimension, vectors.Dimension);
        var reference = new ItemReference(put.Texts.Key, 0);
        var withId = put.Row?.Id is { } given ? ItemReader.Find(db, table.Generation, new ItemReference(null, given)) : null;
        var withKey = reference.Key is null ? null : ItemReader.Find(db, table.Generation, reference);
        if (!PutTarget.Find(put.Row, put.Texts.Key, withId, withKey).TryGet(out var there, out var failure)) return failure;
        if (put.Condition?.IsMet(there) == false) return CatalogFailures.ConditionFailed(reference);
        if (there is null)
        {
            var (id, version) = put.Row?.Id is { } own ? (own, RowWrites.UseGivenId(db, table, own, now)) : (RowWrites.TakeId(db, table), 1);
            var item = new Item(id, version, put.Texts, put.Row?.Created ?? now, put.Row?.Modified ?? now);
            RowWrites.Insert(db, table, item, vectors);
            return new ItemWrite(item, ItemEffect.Created);
        }

        return put.OnExistingKey switch
        {
            KeyRule.Skip => new ItemWrite(there, ItemEffect.Skipped),
            KeyRule.Fail => CatalogFailures.ItemExists(there.Id),
            _ => new ItemWrite(
                Replace(db, table, there with { Created = put.Row?.Created ?? there.Created }, put.Texts, vectors, put.Row?.Modified ?? now),
                ItemEffect.Replaced),
        };
    }

    private static Item Replace(SqliteSession db, LiveTable table, Item item, PictureTexts texts, EncodedVectors? vectors, string modified)
    {
        // The statement without a picture ignores the last values.
        db.Execute(
            vectors is null ? ItemSql.ReplaceTexts : ItemSql.Replace,
            ("$generation", table.Generation.Number), ("$id", item.Id), ("$tags", texts.Tags), ("$brief", texts.Brief), ("$key", texts.Key),
            ("$path", texts.FilePath), ("$product", texts.ProductId), ("$attributes", texts.Attributes), ("$created", item.Created), ("$now", modified),
            ("$status", vectors?.Searchable), ("$feature", vectors?.Whole), ("$object", vectors?.MainObject));
        AttributeIndex.Replace(
            db, table, item.Id, new IndexedColumns(item.Texts.ProductId, item.Texts.Attributes), new IndexedColumns(texts.ProductId, texts.Attributes));
        if (vectors is not null) PictureWrites.Replace(db, table.Generation, new RowVersion(item.Id, item.Version + 1), vectors.Kept);
        return item with { Version = vectors is null ? item.Version : item.Version + 1, Texts = texts, Modified = modified };
    }
}
