namespace ImageSearch;

/// <summary>
/// The items of one table: its rows under their owner's keys, with fields and attributes. It is the same grain as <see cref="ITableGrain"/>,
/// with the same key and the same rules.
/// </summary>
[Alias("ImageSearch.ITableItemsGrain")]
public interface ITableItemsGrain : IGrainWithStringKey
{
    /// <summary>Creates the table, or returns the one that is there unchanged.</summary>
    /// <param name="model">The model of its vectors; null for the model of new tables.</param>
    /// <param name="metric">The metric of its hits; null for the service's.</param>
    /// <param name="settings">The settings of a new table.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("Create"), Retryable]
    Task<Result<TableStatus>> CreateWithAsync(ModelIdentity? model, Metric? metric, TableSettings settings, CancellationToken cancellationToken);

    /// <summary>Replaces the table's settings. A newly indexed attribute is usable at once; its index is built in the background.</summary>
    /// <param name="settings">All settings.</param>
    /// <param name="metric">The metric; null to keep it.</param>
    /// <param name="tag">The <see cref="TableStatus.Tag"/> that the table must have; null for any.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The table, or <see cref="FailureCode.ConditionFailed"/>.</returns>
    [Alias("Configure")]
    Task<Result<TableStatus>> ConfigureAsync(TableSettings settings, Metric? metric, string? tag, CancellationToken cancellationToken);

    /// <summary>Drops the table if its settings are those that the caller knows.</summary>
    /// <param name="tag">The <see cref="TableStatus.Tag"/> that the table must have.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Nothing, or <see cref="FailureCode.ConditionFailed"/>.</returns>
    [Alias("DropIf")]
    Task<Result<Done>> DropIfAsync(string tag, CancellationToken cancellationToken);

    /// <summary>Gets the table with its sizes.</summary>
    [Alias("Measure"), Retryable]
    Task<Result<TableSize>> MeasureAsync(CancellationToken cancellationToken);

    /// <summary>Creates or replaces an item.</summary>
    [Alias("PutItem")]
    Task<Result<ItemWrite>> PutItemAsync(ItemPut item, CancellationToken cancellationToken);

    /// <summary>Creates or replaces items, in one commit where the catalog can.</summary>
    /// <param name="items">1..<see cref="NewPicture.MaxPerAdd"/> items.</param>
    /// <param name="cancellationToken">Cancels the call before the commit starts.</param>
    /// <returns>For each item the outcome, or why that item is not stored.</returns>
    [Alias("PutItems")]
    Task<Result<IReadOnlyList<Result<ItemWrite>>>> PutItemsAsync([Immutable] IReadOnlyList<ItemPut> items, CancellationToken cancellationToken);

    /// <summary>
    /// As <see cref="PutItemsAsync"/>, with <see cref="ItemPut.Row"/>. It is a call of its own because a process that does not know that member
    /// would give the rows other ids: it refuses the call instead. An item whose id or key belongs to another row is
    /// <see cref="FailureCode.ItemExists"/>.
    /// </summary>
    [Alias("ImportItems")]
    Task<Result<IReadOnlyList<Result<ItemWrite>>>> ImportItemsAsync([Immutable] IReadOnlyList<ItemPut> items, CancellationToken cancellationToken);

    /// <summary>Changes an item.</summary>
    [Alias("PatchItem")]
    Task<Result<ItemWrite>> PatchItemAsync(ItemPatch patch, CancellationToken cancellationToken);

    /// <summary>Gets an item.</summary>
    /// <returns>The item, or <see cref="FailureCode.ItemNotFound"/>.</returns>
    [Alias("GetItem"), Retryable]
    Task<Result<Item>> GetItemAsync(ItemReference item, bool withVectors, CancellationToken cancellationToken);

    /// <summary>Deletes an item, and every other row with its key if it is named by its key.</summary>
    /// <returns>The number of deleted rows, or <see cref="FailureCode.ItemNotFound"/>.</returns>
    [Alias("DeleteItem")]
    Task<Result<int>> DeleteItemAsync(ItemReference item, ItemCondition? condition, CancellationToken cancellationToken);

    /// <summary>Lists items by page.</summary>
    [Alias("ListItems"), Retryable]
    Task<Result<ItemPage>> ListItemsAsync(ItemListQuery query, CancellationToken cancellationToken);

    /// <summary>Searches for items.</summary>
    [Alias("SearchItems"), Retryable]
    Task<Result<ItemHits>> SearchItemsAsync(ItemQuery query, CancellationToken cancellationToken);
}

/// <summary>The list of tables. It is a stateless worker, so the key is always <see cref="Key"/>.</summary>
[Alias("ImageSearch.ITableListGrain")]
public interface ITableListGrain : IGrainWithStringKey
{
    /// <summary>The only key of this grain.</summary>
    const string Key = "default";

    /// <summary>Maximum number of tables of a page.</summary>
    const int MaxCount = 1_000;

    /// <summary>Lists tables by name.</summary>
    /// <param name="after">Lists tables with a greater name; null from the first on.</param>
    /// <param name="count">Maximum number of tables, 1..<see cref="MaxCount"/>.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    [Alias("List"), AnySilo, Retryable]
    Task<Result<IReadOnlyList<TableStatus>>> ListAsync(string? after, int count, CancellationToken cancellationToken);
}
