using System.Text;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Items;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Sessions;

namespace ImageSearch.Storage.MySql.Writing;

/// <content>Writes of items. Each reads the item under a lock, so that its condition holds until the commit.</content>
internal sealed partial class TableTransaction
{
    // The oldest items with the keys of the group's puts, as the puts before have left them.
    private readonly Dictionary<string, Item> _itemsByKey = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Item> _itemsById = [];

    /// <summary>Locks and reads the items that puts may replace. Must run before the group's other writes, which may change them.</summary>
    public async Task LockItemsAsync(IEnumerable<string> keys, IEnumerable<long> ids)
    {
        await _pending.FlushAsync().ConfigureAwait(false);
        foreach (var chunk in ids.Distinct().Chunk(IdsPerStatement))
        {
            foreach (var item in await LockItemsAsync($"r.id IN ({SqlList.Of(chunk)})", new { }).ConfigureAwait(false)) _itemsById[item.Id] = item;
        }

        foreach (var chunk in keys.Distinct(StringComparer.Ordinal).Chunk(IdsPerStatement))
        {
            var values = new StatementValues();
            var which = $"r.item_key IN ({values.AddList(chunk)}) ORDER BY r.id";

            // The server ignores trailing spaces, so keys that were not asked for may come too; nothing looks them up.
            foreach (var item in await LockItemsAsync(which, values).ConfigureAwait(false)) _itemsByKey.TryAdd(item.Texts.Key!, item);
        }
    }

    /// <summary>Puts items whose keys were locked.</summary>
    public async Task<Result<Result<ItemWrite>[]>> PutAsync(IReadOnlyList<EncodedPut> puts)
    {
        var results = new Result<ItemWrite>[puts.Count];
        for (var i = 0; i < results.Length; i++) results[i] = await PutAsync(puts[i]).ConfigureAwait(false);
        return results;
    }

    public async Task<Result<ItemWrite>> PatchAsync(ItemPatch patch, EncodedVectors? vectors)
    {
        if (vectors is not null && vectors.Dimension != _row.Dimension)
            return CatalogFailures.ModelMismatch(Table, _row.Dimension, vectors.Dimension);
        var found = (await LockItemsAsync(patch.Item).ConfigureAwait(false)).FirstOrDefault();
        if (found is null) return CatalogFailures.ItemNotFound(patch.Item);
        if (patch.Condition?.IsMet(found) == false) return CatalogFailures.ConditionFailed(patch.Item);
        if (!ItemTexts.Apply(found.Texts, patch.Changes, _schema.Settings.Attributes).TryGet(out var texts, out var failure)) return failure;
        if (texts.Key is { } key && key != found.Texts.Key
            && (await LockItemsAsync(new ItemReference(key, 0)).ConfigureAwait(false)).FirstOrDefault() is { } other)
        {
            return CatalogFailures.ItemExists(other.Id);
        }

        var item = found with { Texts = texts, Modified = _now, Version = found.Version + (vectors is null ? 0 : 1) };
        await UpdateAsync(item, vectors).ConfigureAwait(false);
        if (texts.Attributes != found.Texts.Attributes) await ReplaceEntriesAsync(item.Id, texts.Attributes).ConfigureAwait(false);
        if (vectors is not null)
        {
            await ReplacePicturesAsync(new RowVersion(item.Id, item.Version), vectors).ConfigureAwait(false);
            Put(item.Id, item.Version);
        }

        return new ItemWrite(item, ItemEffect.Replaced);
    }

    public async Task<Result<IReadOnlyList<RowVersion>>> DeleteItemAsync(ItemReference reference, ItemCondition? condition)
    {
        var found = await LockItemsAsync(reference).ConfigureAwait(false);
        if (found.Count == 0) return CatalogFailures.ItemNotFound(reference);
        if (condition?.IsMet(found[0]) == false) return CatalogFailures.ConditionFailed(reference);
        return await DeleteAsync([.. found.Select(row => new RowVersion(row.Id, row.Version))]).ConfigureAwait(false);
    }

    private async Task<Result<ItemWrite>> PutAsync(EncodedPut encoded)
    {
        var (put, vectors) = (encoded.Put, encoded.Vectors);
        var texts = put.Texts;
        if (vectors.Dimension != _row.Dimension) return CatalogFailures.ModelMismatch(Table, _row.Dimension, vectors.Dimension);
        var withId = put.Row?.Id is { } given ? _itemsById.GetValueOrDefault(given) : null;
        var withKey = texts.Key is null ? null : _itemsByKey.GetValueOrDefault(texts.Key);
        if (!PutTarget.Find(put.Row, texts.Key, withId, withKey).TryGet(out var found, out var failure)) return failure;
        if (put.Condition?.IsMet(found) == false) return CatalogFailures.ConditionFailed(new ItemReference(texts.Key, 0));
        switch (found, put.OnExistingKey)
        {
            case ({ } kept, KeyRule.Skip): return new ItemWrite(kept, ItemEffect.Skipped);
            case ({ } other, KeyRule.Fail): return CatalogFailures.ItemExists(other.Id);
        }

        var item = (found ?? NewItem(put)) with { Texts = texts, Modified = put.Row?.Modified ?? _now };
        item = item with { Created = put.Row?.Created ?? item.Created, Version = found is null ? item.Version : found.Version + 1 };
        var row = new RowToWrite(new RowVersion(item.Id, item.Version), texts, vectors, IsNew: found is null, ReplacesAllTexts: true) { Given = put.Row };
        await _pending.AddAsync(row).ConfigureAwait(false);
        RememberItem(item);
        Put(item.Id, item.Version);
        return new ItemWrite(item, found is null ? ItemEffect.Created : ItemEffect.Replaced);
    }

    private Item NewItem(ItemPut put)
    {
        if (put.Row?.Id is not { } id) return new Item(++_lastId, 1, put.Texts, _now, _now);
        if (id < IssuedIds.End) _lastId = Math.Max(_lastId, id);
        return new Item(id, GivenIds.FirstVersion(_removed, _now), put.Texts, _now, _now);
    }

    // What the puts of the group that follow see.
    private void RememberItem(Item item)
    {
        _itemsById[item.Id] = item;

        // Of several rows with the key the oldest is meant.
        if (item.Texts.Key is { } key && (!_itemsByKey.TryGetValue(key, out var known) || known.Id >= item.Id)) _itemsByKey[key] = item;
    }

    private async Task<List<Item>> LockItemsAsync(ItemReference reference)
    {
        await _pending.FlushAsync().ConfigureAwait(false);
        var which = (reference.Key is null ? "r.id = @id" : ItemSql.WithKey) + " ORDER BY r.id";
        var bytes = reference.Key is null ? 0 : Encoding.UTF8.GetByteCount(reference.Key);
        return await LockItemsAsync(which, new { id = reference.Id, key = reference.Key, bytes }).ConfigureAwait(false);
    }

    private async Task<List<Item>> LockItemsAsync(string which, object values)
    {
        var items = new List<Item>();
        await _db.ReadAsync(ItemSql.Lock(_sql, which), values, row => items.Add(ItemReader.Read(row))).ConfigureAwait(false);
        return items.ConvertAll(item => StoredAttributes.Restore(item, _schema.Settings.Attributes));
    }

    private Task<int> UpdateAsync(Item item, EncodedVectors? vectors) => _db.ExecuteAsync(
        $"""
        UPDATE {_sql.Table}
        SET tags = @tags, brief = @brief, item_key = @key, file_path = @path, product_id = @product, attributes = @attributes, modify_date = @now
            {(vectors is null ? "" : ", version = @version, upload_status = @status, feature = @feature, feature_object = @object")}
        WHERE id = @id
        """,
        new
        {
            id = item.Id,
            tags = item.Texts.Tags,
            brief = item.Texts.Brief,
            key = item.Texts.Key,
            path = item.Texts.FilePath,
            product = item.Texts.ProductId,
            attributes = item.Texts.Attributes,
            now = _now,
            version = item.Version,
            status = vectors?.Searchable,
            feature = vectors?.Whole,
            @object = vectors?.MainObject,
        });
}
