using ImageSearch.Api.Limits;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.Security.Keys;
using ImageSearch.Api.Settings;
using ImageSearch.Fetching;

namespace ImageSearch.Api.V1.Items;

/// <summary>
/// Stores and changes items. The table, the attributes and the conditions are checked before a picture is fetched or embedded; the table's
/// grain checks the conditions again, in the transaction of the write.
/// </summary>
internal sealed class ItemWriter(
    IGrainFactory grains, TableLookup tables, PictureEmbedder embedder, RequestLimiter limiter, KeyQuota quota, ServiceSettings settings, CallStages stages,
    IHttpContextAccessor accessor)
{
    /// <summary>Creates or replaces the item with a key.</summary>
    public Task<Result<ItemWrite>> PutAsync(TableName table, PutRequest request, CancellationToken cancellationToken) =>
        tables.WithModelAsync(table, () => PutOnceAsync(table, request, cancellationToken));

    private async Task<Result<ItemWrite>> PutOnceAsync(TableName table, PutRequest request, CancellationToken cancellationToken)
    {
        if (!(await PrepareAsync(table, request, isFirst: true, cancellationToken)).TryGet(out var prepared, out var failure))
            return failure;
        if (prepared.Put is not { } put) return prepared.Kept!;
        if (!limiter.Acquire(CostOf(put.Vectors)).TryGet(out var lease, out failure)) return failure;
        using var ownedLease = lease;
        var written = await grains.Items(table).PutItemAsync(put, cancellationToken);
        return written.TryGet(out var write, out failure) ? write : failure.Named(new ItemReference(request.Key, 0));
    }

    /// <summary>Does everything of a put but the write: reads the attributes and embeds the picture.</summary>
    /// <param name="table">The table.</param>
    /// <param name="request">The item.</param>
    /// <param name="isFirst">Whether no operation before it is waiting that may change the item.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Result<PreparedPut>> PrepareAsync(TableName table, PutRequest request, bool isFirst, CancellationToken cancellationToken)
    {
        var read = await tables.ReadAsync(table, status => AttributeInput.Read(request.Input, status), cancellationToken);
        if (!read.TryGet(out var found, out var failure)) return failure;
        if (request.Input.Source is not { } source) return InvalidField.Missing("image", PictureInput.Bound);
        var rule = request.OnExistingKey ?? found.Table.Settings.OnExistingKey;
        if (isFirst && (rule != KeyRule.Replace || request.Condition is not null))
        {
            var present = await FindAsync(table, new ItemReference(request.Key, 0), cancellationToken);
            if (!present.TryGet(out var item, out failure)) return failure;
            if (request.Condition?.IsMet(item) == false) return ConditionFailed;
            if (item is not null && rule == KeyRule.Fail) return Exists.Named(new ItemReference(request.Key, 0));
            if (item is not null && rule == KeyRule.Skip) return new PreparedPut(null, new ItemWrite(item, ItemEffect.Skipped));
        }

        if (await quota.CheckRowsAsync(Caller.Of(accessor), 1, cancellationToken) is { } full)
        {
            // A put that replaces an item adds no row.
            if (!(await FindAsync(table, new ItemReference(request.Key, 0), cancellationToken)).TryGet(out var replaced, out failure)) return failure;
            if (replaced is null) return full;
        }

        if (!(await EmbedAsync(request.Call, source, found.Table, cancellationToken)).TryGet(out var vectors, out failure)) return failure;
        var texts = request.Input.Texts with { Key = request.Key, Attributes = found.Value };
        return new PreparedPut(new ItemPut(vectors, texts, rule, request.Condition) { Duplicates = request.Duplicates }, null);
    }

    /// <summary>Changes the fields that are given.</summary>
    public Task<Result<ItemWrite>> PatchAsync(
        TableName table, ItemReference item, ItemInput input, ItemCondition? condition, CancellationToken cancellationToken) =>
        tables.WithModelAsync(table, () => PatchOnceAsync(table, item, input, condition, cancellationToken));

    private async Task<Result<ItemWrite>> PatchOnceAsync(
        TableName table, ItemReference item, ItemInput input, ItemCondition? condition, CancellationToken cancellationToken)
    {
        var read = await tables.ReadAsync(table, status => AttributeInput.ReadPatch(input, status), cancellationToken);
        if (!read.TryGet(out var found, out var failure)) return failure;
        var changes = new FieldChanges
        {
            Set = [.. input.Set.Where(name => name != "attributes")],
            Values = input.Texts,
            Attributes = found.Value,
        };
        return await ChangeAsync(found.Table, item, changes, input.Source, condition, cancellationToken);
    }

    /// <summary>Replaces the picture and all fields but the key of a row.</summary>
    public Task<Result<ItemWrite>> ReplaceAsync(
        TableName table, ItemReference item, ItemInput input, ItemCondition? condition, CancellationToken cancellationToken) =>
        tables.WithModelAsync(table, () => ReplaceOnceAsync(table, item, input, condition, cancellationToken));

    private async Task<Result<ItemWrite>> ReplaceOnceAsync(
        TableName table, ItemReference item, ItemInput input, ItemCondition? condition, CancellationToken cancellationToken)
    {
        var read = await tables.ReadAsync(table, status => AttributeInput.Read(input, status), cancellationToken);
        if (!read.TryGet(out var found, out var failure)) return failure;
        if (input.Source is null) return InvalidField.Missing("image", PictureInput.Bound);
        var changes = new FieldChanges
        {
            Set = ItemInput.Fields,
            Values = input.Texts,
            Attributes = AttributeInput.Replace(found.Value, found.Table.Settings.Attributes),
        };
        return await ChangeAsync(found.Table, item, changes, input.Source, condition, cancellationToken);
    }

    private async Task<Result<ItemWrite>> ChangeAsync(
        TableStatus table,
        ItemReference item,
        FieldChanges changes,
        PictureSource? source,
        ItemCondition? condition,
        CancellationToken cancellationToken)
    {
        if (source is null) return await PatchAsync(table.Name, new ItemPatch(item, changes, null, condition), cancellationToken);
        if (!(await FindAsync(table.Name, item, cancellationToken)).TryGet(out var present, out var failure)) return failure;
        if (condition?.IsMet(present) == false) return ConditionFailed;
        if (present is null) return NotFound;
        if (!(await EmbedAsync("patch", source, table, cancellationToken)).TryGet(out var vectors, out failure)) return failure;
        return await PatchAsync(table.Name, new ItemPatch(item, changes, vectors, condition), cancellationToken);
    }

    private async Task<Result<ItemWrite>> PatchAsync(TableName table, ItemPatch patch, CancellationToken cancellationToken)
    {
        if (!limiter.Acquire(CostOf(patch.Vectors)).TryGet(out var lease, out var busy)) return busy;
        using (lease) return await grains.Items(table).PatchItemAsync(patch, cancellationToken);
    }

    private static CallCost CostOf(PictureVectors? picture) => picture?.Kept?.Original is null ? CallCost.Cheap : CallCost.Original;

    private async Task<Result<Item?>> FindAsync(TableName table, ItemReference item, CancellationToken cancellationToken)
    {
        if (!limiter.Acquire(CallCost.Cheap).TryGet(out var lease, out var busy)) return busy;
        using var ownedLease = lease;
        var got = await grains.Items(table).GetItemAsync(item, withVectors: false, cancellationToken);
        if (got.Failure is { Code: FailureCode.ItemNotFound }) return (Item?)null;
        return got.TryGet(out var found, out var failure) ? found : failure;
    }

    private async Task<Result<PictureVectors>> EmbedAsync(
        string call, PictureSource source, TableStatus table, CancellationToken cancellationToken)
    {
        var views = settings.Views(EmbeddingUse.Add, table.Settings.MainObject);
        var target = new EmbeddingTarget(table.Model, EmbeddingUse.Add) { Keeps = table.Settings.Keeps(settings.KeepPictures) };
        Result<LoadedPicture> fetched;
        using (stages.Begin(call, "fetch")) fetched = await embedder.LoadAsync(source, cancellationToken);
        if (!fetched.TryGet(out var picture, out var failure)) return failure.Named(source);
        Result<PictureVectors> embedded;
        using (stages.Begin(call, "embed"))
            embedded = await embedder.EmbedAsync(picture, views, target, cancellationToken);
        return embedded.TryGet(out var vectors, out failure) ? vectors : failure.Named(source);
    }

    private static Failure ConditionFailed { get; } =
        new(FailureCode.ConditionFailed, "the item does not satisfy If-Match or If-None-Match");

    private static Failure NotFound { get; } = new(FailureCode.ItemNotFound, "the table has no such item");

    private static Failure Exists { get; } =
        new(FailureCode.ItemExists, "an item has the key already, and on_existing_key is fail");
}

/// <summary>An item to put.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Input">Its fields.</param>
/// <param name="OnExistingKey">The rule for an existing key; null for the table's.</param>
/// <param name="Condition">What must be true; null for nothing.</param>
internal sealed record PutRequest(string Key, ItemInput Input, KeyRule? OnExistingKey, ItemCondition? Condition)
{
    /// <summary>The call in metrics.</summary>
    public string Call { get; init; } = "put";

    /// <summary>How the picture is checked for duplicates; null for the table's settings.</summary>
    public DuplicateCheck? Duplicates { get; init; }
}

/// <summary>Either a put that is ready to be written, or the item that is kept instead.</summary>
internal sealed record PreparedPut(ItemPut? Put, ItemWrite? Kept);
