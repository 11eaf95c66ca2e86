using ImageSearch.Filtering;
using ImageSearch.Storage.Catalog.Listing;

namespace ImageSearch.Storage.Tests.Catalog;

/// <summary>Lists of filters that no index narrows, in a table of 50,000 rows of which few match.</summary>
public sealed class ItemListingTests
{
    private const int Rows = 50_000;

    [Fact]
    public async Task A_call_reads_a_bounded_number_of_rows_and_the_list_goes_on_behind_them()
    {
        var source = new CountingSource();
        var filter = Fields.Is(Fields.Note, "x");
        var (found, pages) = (new List<long>(), 0);
        ItemPosition? after = null;
        do
        {
            source.Read = 0;
            var page = (await ItemListing.ReadAsync(source, Fields.Id, descending: false, filter, after, count: 10, default)).Value!;
            source.Read.ShouldBeLessThan(ItemListing.MaxTested + 1_001);
            found.AddRange(page.Items.Select(item => item.Id));
            after = page.Next;
            pages++;
        }
        while (after is not null);

        found.ShouldBe([1, Rows]);
        pages.ShouldBe(3);
    }

    [Fact]
    public async Task A_page_reads_few_rows_where_many_match()
    {
        var source = new CountingSource();

        var page = (await ItemListing.ReadAsync(source, Fields.Id, false, Fields.Not(Fields.Is(Fields.Note, "x")), null, 10, default)).Value!;

        page.Items.Select(item => item.Id).ShouldBe(Enumerable.Range(2, 10).Select(id => (long)id));
        source.Read.ShouldBeLessThan(100);
    }

    // Rows 1 to 50,000; the first and the last one match.
    private sealed class CountingSource : IItemSource
    {
        public int Read { get; set; }

        public Task<Result<IReadOnlyList<Item>>> ReadByIdAsync(long? after, bool descending, int count, CancellationToken cancellationToken)
        {
            var first = (int)(after ?? 0) + 1;
            var items = Enumerable.Range(first, Math.Max(0, Math.Min(count, Rows - first + 1)))
                .Select(id => new Item(id, 1, new PictureTexts { Attributes = Fields.Attributes(note: id is 1 or Rows ? "x" : null) }, null, null))
                .ToList();
            Read += items.Count;
            return Task.FromResult(Result.Success<IReadOnlyList<Item>>(items));
        }

        public Task<Result<IReadOnlyList<Item>>> ReadByValueAsync(
            FilterField order, bool descending, ListPosition? after, int count, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Result<bool>> AnyWithoutValueAsync(FilterField order, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Result<IReadOnlyList<Item>>> ReadAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<Result<IReadOnlyList<long>?>> SelectIdsAsync(Filter filter, int limit, CancellationToken cancellationToken) =>
            Task.FromResult(Result.Success<IReadOnlyList<long>?>(null));
    }
}
