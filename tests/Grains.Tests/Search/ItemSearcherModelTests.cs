using ImageSearch.Grains.Tests.Tables;

namespace ImageSearch.Grains.Tests.Search;

/// <summary>Random searches over a table that changes, compared with brute force.</summary>
public sealed class ItemSearcherModelTests : IAsyncLifetime
{
    private ItemTable _table = null!;

    public async Task InitializeAsync() => _table = await ItemTable.OpenAsync();

    public async Task DisposeAsync() => await _table.DisposeAsync();

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Hits_are_those_of_brute_force_whatever_the_method(int seed)
    {
        var random = NewRandom(seed);
        await FillAsync(random, 120);
        for (var i = 0; i < 60; i++)
        {
            await ChangeAsync(random);
            var (query, expected) = ItemModel.AnyQuery(random, _table.Items);

            var found = (await _table.SearchAsync(query, ItemModel.AnyLimits(random))).ShouldSucceed();

            found.Hits.Select(hit => (hit.Item.Id, hit.SquaredDistance)).ShouldBe(expected.Hits().Take(query.Count), query.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Pages_together_are_all_hits(int seed)
    {
        var random = NewRandom(seed);
        await FillAsync(random, 80);
        for (var i = 0; i < 10; i++)
        {
            var (query, expected) = ItemModel.AnyQuery(random, _table.Items);

            var pages = await PagesAsync(query, random, () => Task.CompletedTask);

            pages.ShouldBe(expected.Hits().Select(hit => hit.Id), query.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Rows_that_come_and_go_between_pages_repeat_none_and_hide_none(int seed)
    {
        var random = NewRandom(seed);
        await FillAsync(random, 80);
        for (var i = 0; i < 10; i++)
        {
            var (any, expected) = ItemModel.AnyQuery(random, _table.Items);
            if (any.GroupBy is not null) continue;
            var before = expected.Hits().Select(hit => hit.Id).ToList();

            var pages = await PagesAsync(any, random, () => ChangeAsync(random));

            pages.ShouldBeUnique();
            before.Where(_table.Items.ContainsKey).Except(pages).ShouldBeEmpty();
        }
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    // Of every second table the store's distances are wrong, each time by another amount: by more than the items of the grid need to be tied.
    private Random NewRandom(int seed)
    {
        _table.Store.DistanceError = seed % 2 == 0 ? 0 : 4e-3f;
        return new Random(seed);
    }

    private async Task<List<long>> PagesAsync(ItemQuery query, Random random, Func<Task> betweenAsync)
    {
        var ids = new List<long>();
        while (true)
        {
            var page = (await _table.SearchAsync(query, ItemModel.AnyLimits(random))).ShouldSucceed();
            ids.AddRange(page.Hits.Select(hit => hit.Item.Id));
            if (page.Next is null) return ids;
            query = query with { After = page.Next };
            await betweenAsync();
        }
    }

    private async Task FillAsync(Random random, int count)
    {
        for (var i = 0; i < count; i++) await _table.PutAsync(ItemModel.AnyItem(random));
    }

    private async Task ChangeAsync(Random random)
    {
        _table.Store.IgnoresRemovals = random.Next(2) == 0;
        if (random.Next(2) == 0) await _table.PutAsync(ItemModel.AnyItem(random));
        else await _table.DeleteAsync(_table.Items.Keys.ElementAt(random.Next(_table.Items.Count)));
    }
}
