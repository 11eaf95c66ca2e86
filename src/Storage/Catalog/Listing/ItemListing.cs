using ImageSearch.Filtering;

namespace ImageSearch.Storage.Catalog.Listing;

/// <summary>
/// Makes a page of a list of items. If indexes narrow the filter, the rows that they find are tested and ordered; otherwise rows are read in
/// the list's order and tested until the page is full. A call reads no more than <see cref="MaxTested"/> rows of the second kind, so a page
/// of a filter that few rows match may have fewer items than requested, or none, and still a next page.
/// </summary>
internal sealed class ItemListing
{
    /// <summary>Maximum number of rows that a call tests in the list's order: about 0.1 s.</summary>
    public const int MaxTested = 20_000;

    /// <summary>Maximum number of rows that are tested because an index found them, whatever their order.</summary>
    public const int MaxSelected = 20_000;

    private const int MaxRowsPerRead = 1_000;

    // Dates have no index, so that each read looks at all rows of the table.
    private const int MaxRowsPerReadByDate = 5_000;

    private readonly IItemSource _source;
    private readonly ItemOrder _order;
    private readonly ItemMatcher? _matcher;
    private readonly int _count;
    private readonly List<Item> _found = [];
    private int _tested;

    private ItemListing(IItemSource source, ItemOrder order, Filter? filter, int count)
    {
        (_source, _order, _count) = (source, order, count);
        _matcher = filter is null ? null : ItemMatcher.Compile(filter);
    }

    // One item more than the page holds tells whether there is a next page.
    private bool IsFull => _found.Count > _count;

    /// <summary>Reads a page; the parameters are those of <see cref="IItemCatalog.ListItemsAsync"/>.</summary>
    public static async Task<Result<ItemPage>> ReadAsync(
        IItemSource source, FilterField order, bool descending, Filter? filter, ItemPosition? after, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var inOrder = new ItemOrder(order, descending);
        if (!inOrder.IsValid) return CatalogFailures.OrderInvalid(FilterFields.NameOf(order));
        ListPosition? from = null;
        if (after is not null)
        {
            if (!inOrder.TryRead(after, out var position)) return CatalogFailures.CursorInvalid();
            from = position;
        }

        var listing = new ItemListing(source, inOrder, filter, count);
        if (filter is not null)
        {
            var selected = await source.SelectIdsAsync(filter, MaxSelected, cancellationToken).ConfigureAwait(false);
            if (!selected.TryGet(out var ids, out var failure)) return failure;
            if (ids is not null) return await listing.OfIdsAsync(ids, from, cancellationToken).ConfigureAwait(false);
        }

        return await listing.InOrderAsync(from, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Result<ItemPage>> OfIdsAsync(IReadOnlyList<long> ids, ListPosition? after, CancellationToken cancellationToken)
    {
        var byId = _order.Field.Kind == FieldKind.Id;
        var wanted = byId ? InDirection(ids, after) : ids;
        foreach (var chunk in wanted.Chunk(byId ? Math.Min(2 * _count, MaxRowsPerRead) : MaxRowsPerRead))
        {
            var read = await _source.ReadAsync(chunk, cancellationToken).ConfigureAwait(false);
            if (!read.TryGet(out var items, out var failure)) return failure;
            _found.AddRange(items.Where(item =>
                _matcher!.Matches(item) && (after is not { } from || _order.Compare(_order.PositionOf(item), from) > 0)));
            if (byId && IsFull) break;
        }

        // Values are read from JSON: once an item, not once a comparison.
        var sorted = _found.Select(item => (Item: item, Position: _order.PositionOf(item))).ToList();
        sorted.Sort((one, other) => _order.Compare(one.Position, other.Position));
        _found.Clear();
        _found.AddRange(sorted.Select(one => one.Item));
        return Page(end: null);
    }

    private IEnumerable<long> InDirection(IReadOnlyList<long> ids, ListPosition? after)
    {
        var ordered = _order.IsDescending ? ids.OrderDescending() : ids.Order();
        return after is not { } from ? ordered : ordered.Where(id => _order.IsDescending ? id < from.Id : id > from.Id);
    }

    private async Task<Result<ItemPage>> InOrderAsync(ListPosition? after, CancellationToken cancellationToken)
    {
        if (_order.Field.Kind == FieldKind.Id)
        {
            return await ScanAsync(
                after, (from, count) => _source.ReadByIdAsync(from?.Id, _order.IsDescending, count, cancellationToken), withoutValue: false).ConfigureAwait(false);
        }

        if (after is not { Value: null })
        {
            var page = await ScanAsync(
                after, (from, count) => _source.ReadByValueAsync(_order.Field, _order.IsDescending, from, count, cancellationToken), withoutValue: false).ConfigureAwait(false);
            if (page is not { Failure: null, Value.Next: null }) return page;
            var without = await _source.AnyWithoutValueAsync(_order.Field, cancellationToken).ConfigureAwait(false);
            if (!without.TryGet(out var any, out var failure)) return failure;
            if (!any) return page;
            after = null;
        }

        return await ScanAsync(
            after, (from, count) => _source.ReadByIdAsync(from?.Id, _order.IsDescending, count, cancellationToken), withoutValue: true).ConfigureAwait(false);
    }

    // Rows without a value are read among all rows by id.
    private async Task<Result<ItemPage>> ScanAsync(
        ListPosition? after, Func<ListPosition?, int, Task<Result<IReadOnlyList<Item>>>> read, bool withoutValue)
    {
        var maxRows = !withoutValue && _order.Field.Kind is FieldKind.Created or FieldKind.Modified ? MaxRowsPerReadByDate : MaxRowsPerRead;
        var rows = Math.Min(_count + 1, maxRows);
        while (_tested < MaxTested)
        {
            if (!(await read(after, rows).ConfigureAwait(false)).TryGet(out var items, out var failure)) return failure;
            foreach (var item in items)
            {
                if (withoutValue && _order.ValueOf(item) is not null) continue;
                if (_matcher?.Matches(item) != false) _found.Add(item);
                if (IsFull) return Page(end: null);
            }

            if (items.Count < rows) return Page(end: null);
            _tested += items.Count;
            after = withoutValue ? new ListPosition(null, items[^1].Id) : _order.PositionOf(items[^1]);
            rows = Math.Min(4 * rows, maxRows);
        }

        return Page(after);
    }

    private ItemPage Page(ListPosition? end) => IsFull
        ? new ItemPage(_found[.._count], _order.PositionOf(_found[_count - 1]).ToItemPosition())
        : new ItemPage([.. _found], end?.ToItemPosition());
}
