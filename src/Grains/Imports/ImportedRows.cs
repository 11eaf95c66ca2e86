using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Imports;

/// <summary>Rows of imports whose ids or dates are given: finds out what they replace, and stores them.</summary>
internal sealed class ImportedRows(IGrainFactory grains)
{
    /// <summary>Whether the row that the item would replace is kept and the item is done; or <see cref="FailureCode.ItemExists"/>.</summary>
    public async Task<Result<bool>> IsKeptAsync(ImportItem item, ImportWork work, CancellationToken cancellationToken)
    {
        var table = grains.GetGrain<ITableItemsGrain>(work.Table.Value);
        var withVectors = item.Vectors is not null;
        var withId = await FindAsync(table, item.Row?.Id is { } id ? new ItemReference(null, id) : null, withVectors, cancellationToken);
        if (!withId.TryGet(out var idRow, out var failure)) return failure;
        var withKey = await FindAsync(table, item.Texts.Key is { } key ? new ItemReference(key, 0) : null, withVectors, cancellationToken);
        if (!withKey.TryGet(out var keyRow, out failure)) return failure;
        if (!PutTarget.Find(item.Row, item.Texts.Key, idRow, keyRow).TryGet(out var there, out failure)) return failure;
        if (there is null || work.OnExistingKey == KeyRule.Replace) return false;
        return work.OnExistingKey == KeyRule.Skip || IsOurs(there, item, item.Vectors, work) ? true : Exists(there);
    }

    /// <summary>Stores items in one commit.</summary>
    public async Task<IReadOnlyList<ImportOutcome>> StoreAsync(
        IReadOnlyList<(ImportItem Item, PictureVectors Vectors)> items, ImportWork work, CancellationToken cancellationToken)
    {
        var table = grains.GetGrain<ITableItemsGrain>(work.Table.Value);
        var puts = items.Select(each => new ItemPut(each.Vectors, each.Item.Texts, work.OnExistingKey)
        {
            Generation = work.Generation,
            Row = each.Item.Row,
            Duplicates = work.Duplicates,
        }).ToList();
        var stored = await table.ImportItemsAsync(puts, cancellationToken);
        if (!stored.TryGet(out var writes, out var failure)) return [.. items.Select(_ => (ImportOutcome)failure)];
        var outcomes = new ImportOutcome[items.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = ImportOutcome.Of(writes[i]);
            if (outcomes[i].Failure is { Code: FailureCode.ItemExists } && await WasStoredAsync(table, items[i], work, cancellationToken)) outcomes[i] = default;
        }

        return outcomes;
    }

    // A process that died after it stored the item and before it recorded that leaves this row.
    private static bool IsOurs(Item there, ImportItem item, PictureVectors? vectors, ImportWork work)
    {
        if (there.Texts != item.Texts) return false;
        if (vectors is not null
            && !(there.Vectors is { } stored && AreEqual(stored.Whole, vectors.Whole) && AreEqual(stored.MainObject, vectors.MainObject)))
            return false;
        return item.Row?.Created is { } created ? there.Created == created : string.CompareOrdinal(there.Created, work.Began) >= 0;
    }

    private static bool AreEqual(ReadOnlyMemory<float>? one, ReadOnlyMemory<float>? other) =>
        one is { } a && other is { } b ? a.Span.SequenceEqual(b.Span) : one is null && other is null;

    private static Failure Exists(Item there) => new(
        FailureCode.ItemExists, $"an item has this key or id: id {there.Id}; send on_existing_key=replace or skip, or another key");

    private static async Task<Result<Item?>> FindAsync(
        ITableItemsGrain table, ItemReference? reference, bool withVectors, CancellationToken cancellationToken)
    {
        if (reference is not { } item) return (Item?)null;
        var found = await table.GetItemAsync(item, withVectors, cancellationToken);
        return found.TryGet(out var there, out var failure) ? there : failure.Code == FailureCode.ItemNotFound ? (Item?)null : failure;
    }

    private static async Task<bool> WasStoredAsync(
        ITableItemsGrain table, (ImportItem Item, PictureVectors Vectors) each, ImportWork work, CancellationToken cancellationToken)
    {
        var reference = each.Item.Row?.Id is { } id ? new ItemReference(null, id) : new ItemReference(each.Item.Texts.Key, 0);
        var found = await FindAsync(table, reference, withVectors: true, cancellationToken);
        return found.TryGet(out var there, out _) && there is not null && IsOurs(there, each.Item, each.Vectors, work);
    }
}
