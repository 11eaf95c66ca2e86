using ImageSearch.Filtering;

namespace ImageSearch.Storage.Catalog;

/// <summary>
/// Items of tables, and the settings of tables. The rules are those of <see cref="ICatalog"/>, which the same object implements: writes are
/// durable when their task completes, calls name a generation, and a generation that is not live is <see cref="FailureCode.TableDropped"/>.
/// </summary>
public interface IItemCatalog
{
    /// <summary>Creates a table with settings, or returns the live table with this name unchanged.</summary>
    Task<TableRecord> CreateTableAsync(
        TableName name, ModelIdentity model, Metric metric, TableSettings settings, CancellationToken cancellationToken);

    /// <summary>As <see cref="CreateTableAsync"/>, and tells whether this call created the table.</summary>
    Task<CreatedTable> EnsureTableAsync(
        TableName name, ModelIdentity model, Metric metric, TableSettings settings, CancellationToken cancellationToken);

    /// <summary>Drops a table if it has a revision, in one step.</summary>
    /// <returns>Whether the generation was live, or <see cref="FailureCode.ConditionFailed"/>.</returns>
    Task<Result<bool>> DropTableAsync(TableGeneration table, long revision, CancellationToken cancellationToken);

    /// <summary>Replaces a table's settings and metric, and increments its revision. Starts to index attributes that become indexed.</summary>
    /// <param name="table">The table.</param>
    /// <param name="settings">All settings.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="revision">The revision that the table must have; null for any.</param>
    /// <param name="cancellationToken">Cancels the call before the catalog starts it.</param>
    /// <returns>The table afterwards, or <see cref="FailureCode.ConditionFailed"/>.</returns>
    Task<Result<TableRecord>> ConfigureAsync(
        TableGeneration table, TableSettings settings, Metric metric, long? revision, CancellationToken cancellationToken);

    /// <summary>A table's revision: what changes with its settings, in one small read.</summary>
    Task<Result<long>> ReadRevisionAsync(TableGeneration table, CancellationToken cancellationToken);

    /// <summary>Live tables with a name greater than <paramref name="after"/> (ordinal), in that order.</summary>
    Task<IReadOnlyList<TableRecord>> ListTablesAsync(string? after, int count, CancellationToken cancellationToken);

    /// <summary>The number of rows, searchable or not.</summary>
    Task<Result<long>> CountRowsAsync(TableGeneration table, CancellationToken cancellationToken);

    /// <summary>The item, or null.</summary>
    /// <param name="table">The table.</param>
    /// <param name="item">The item; of several rows with one key the oldest is read.</param>
    /// <param name="model">The model that names the vectors; null: without vectors.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<Result<Item?>> FindItemAsync(TableGeneration table, ItemReference item, ModelIdentity? model, CancellationToken cancellationToken);

    /// <summary>The existing items with these ids, in any order. One query for any number of ids.</summary>
    Task<Result<IReadOnlyList<Item>>> ReadItemsAsync(TableGeneration table, IReadOnlyCollection<long> ids, CancellationToken cancellationToken);

    /// <summary>Creates or replaces items in one commit; of two with one key, the later one sees the earlier.</summary>
    /// <param name="table">The table.</param>
    /// <param name="items">What to store, at most <see cref="NewPicture.MaxPerAdd"/>.</param>
    /// <param name="searchable">As in <see cref="ICatalog.AddAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the call before the catalog starts it.</param>
    /// <returns>For each the item, or why that one alone is not stored.</returns>
    Task<Result<IReadOnlyList<Result<ItemWrite>>>> PutItemsAsync(
        TableGeneration table, IReadOnlyList<ItemPut> items, bool searchable, CancellationToken cancellationToken);

    /// <summary>Changes an item.</summary>
    /// <returns>The item, or <see cref="FailureCode.ItemNotFound"/> or <see cref="FailureCode.ConditionFailed"/>.</returns>
    Task<Result<ItemWrite>> PatchItemAsync(TableGeneration table, ItemPatch patch, bool searchable, CancellationToken cancellationToken);

    /// <summary>Deletes an item, and every other row with its key if it is named by its key.</summary>
    /// <returns>The deleted rows, or <see cref="FailureCode.ItemNotFound"/> or <see cref="FailureCode.ConditionFailed"/>.</returns>
    Task<Result<IReadOnlyList<RowVersion>>> DeleteItemAsync(
        TableGeneration table, ItemReference item, ItemCondition? condition, CancellationToken cancellationToken);

    /// <summary>
    /// The ids of the rows that match a filter, if the catalog can find them by its indexes: a superset of them, because a caller tests each
    /// row again when it has read it.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="limit">Maximum number of ids.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The ids, distinct and in any order; null if there are more than the limit, or no index narrows the filter.</returns>
    Task<Result<IReadOnlyList<long>?>> SelectIdsAsync(TableGeneration table, Filter filter, int limit, CancellationToken cancellationToken);

    /// <summary>Items in an order, from a position on.</summary>
    /// <param name="table">The table.</param>
    /// <param name="order">The field to order by.</param>
    /// <param name="descending">Whether the greatest comes first. Rows without a value come last.</param>
    /// <param name="filter">Only rows that match; null for all. Tested for each row that is read.</param>
    /// <param name="after">Where to begin; null for the beginning.</param>
    /// <param name="count">Maximum number of items.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<Result<ItemPage>> ListItemsAsync(
        TableGeneration table, FilterField order, bool descending, Filter? filter, ItemPosition? after, int count, CancellationToken cancellationToken);
}
