using ImageSearch.Filtering;

namespace ImageSearch.Storage.Catalog.Listing;

/// <summary>The reads of one table that lists of items consist of. Each is a short read of its own.</summary>
internal interface IItemSource
{
    /// <summary>Items by id.</summary>
    /// <param name="after">Only items after this id in the direction; null for all.</param>
    /// <param name="descending">Whether the greatest id comes first.</param>
    /// <param name="count">Maximum number of items; fewer are returned at the end only.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<Result<IReadOnlyList<Item>>> ReadByIdAsync(long? after, bool descending, int count, CancellationToken cancellationToken);

    /// <summary>Items that have a value of a field, by the value and then by id, both in the direction.</summary>
    /// <param name="order">A field other than id.</param>
    /// <param name="descending">Whether the greatest comes first.</param>
    /// <param name="after">Only items after this position, which has a value; null for all.</param>
    /// <param name="count">Maximum number of items; fewer are returned at the end only.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<Result<IReadOnlyList<Item>>> ReadByValueAsync(
        FilterField order, bool descending, ListPosition? after, int count, CancellationToken cancellationToken);

    /// <summary>Whether there are items without a value of a field.</summary>
    Task<Result<bool>> AnyWithoutValueAsync(FilterField order, CancellationToken cancellationToken);

    /// <summary>The items with these ids, in any order.</summary>
    Task<Result<IReadOnlyList<Item>>> ReadAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken);

    /// <inheritdoc cref="IItemCatalog.SelectIdsAsync"/>
    Task<Result<IReadOnlyList<long>?>> SelectIdsAsync(Filter filter, int limit, CancellationToken cancellationToken);
}
