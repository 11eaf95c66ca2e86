using ImageSearch.Grains.Search;
using ImageSearch.Grains.Tests.Tables;

namespace ImageSearch.Grains.Tests.Search;

/// <summary>Searches for items.</summary>
public sealed class ItemSearcherTests : IAsyncLifetime
{
    private ItemTable _table = null!;

    public async Task InitializeAsync() => _table = await ItemTable.OpenAsync();

    public async Task DisposeAsync() => await _table.DisposeAsync();

    [Fact]
    public async Task Several_examples_are_searched_by_their_average()
    {
        await AddAsync(0, 45, 90);
        (await _table.FoundAsync(new ItemQuery([Example(0), Example(90)], 1))).ShouldBe([2]);
    }

    [Fact]
    public async Task A_negative_example_moves_the_query_away_from_it()
    {
        await AddAsync(-30, 0, 30);
        (await _table.FoundAsync(new ItemQuery([Example(0), Example(90, isNegative: true)], 3))).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task An_item_is_no_hit_of_a_search_by_itself()
    {
        await AddAsync(0, 10, 20);
        (await _table.FoundAsync(new ItemQuery([new QueryExample(null, new ItemReference(null, 2))], 10))).ShouldBe([1, 3]);
    }

    [Fact]
    public async Task An_item_is_searched_by_its_main_object_too()
    {
        await _table.PutAsync(new StoredItem(ItemTable.Picture(0, mainObject: 180)));
        await AddAsync(40, 175);
        (await _table.FoundAsync(new ItemQuery([new QueryExample(null, new ItemReference(null, 1))], 1))).ShouldBe([3]);
    }

    [Fact]
    public async Task The_main_objects_of_several_examples_are_left_out()
    {
        await AddAsync(0, 180);
        var example = new QueryExample(ItemTable.Picture(0, mainObject: 180), null);
        (await _table.FoundAsync(new ItemQuery([example, Example(10)], 1))).ShouldBe([1]);
    }

    [Fact]
    public async Task An_example_that_does_not_exist_is_reported() =>
        (await _table.SearchAsync(new ItemQuery([new QueryExample(null, new ItemReference(null, 7))], 1)))
            .ShouldFail(FailureCode.ItemNotFound).Message.ShouldContain("id 7");

    [Fact]
    public async Task Examples_that_cancel_each_other_out_are_refused() =>
        (await _table.SearchAsync(new ItemQuery([Example(0), Example(180)], 1))).ShouldFail(FailureCode.RequestInvalid);

    [Fact]
    public async Task Hits_of_equal_score_are_ordered_by_a_field()
    {
        await _table.PutAsync(Priced(0, 5));
        await _table.PutAsync(Priced(0, null));
        await _table.PutAsync(Priced(0, 3));
        await _table.PutAsync(Priced(40, 1));
        var query = new ItemQuery([Example(0)], 10) { ThenBy = "price" };

        (await _table.FoundAsync(query)).ShouldBe([3, 1, 2, 4]);
        (await _table.FoundAsync(query with { ThenByDescending = true })).ShouldBe([1, 3, 2, 4]);
    }

    [Fact]
    public async Task A_page_that_holds_the_last_hit_has_no_next()
    {
        await AddAsync(0, 10, 20);
        (await _table.SearchAsync(new ItemQuery([Example(0)], 3))).ShouldSucceed().Next.ShouldBeNull();
        (await _table.SearchAsync(new ItemQuery([Example(0)], 2))).ShouldSucceed().Next.ShouldNotBeNull().Seen.ShouldBe(2);
    }

    [Fact]
    public async Task Pages_end_at_the_greatest_depth()
    {
        await _table.PutManyAsync([.. Enumerable.Range(0, 30).Select(i => Priced(i * 0.1, i))]);
        var query = new ItemQuery([Example(0)], 20) { After = new HitPosition(-1, 0, 9_990) };

        var last = (await _table.SearchAsync(query)).ShouldSucceed();

        last.Hits.Count.ShouldBe(10);
        last.Next.ShouldBeNull();
        var beyond = query with { After = new HitPosition(0, 1, 10_000) };
        (await _table.SearchAsync(beyond)).ShouldFail(FailureCode.RequestInvalid).Message.ShouldContain("10000");
    }

    [Theory]
    [InlineData("brand = \"a\"", null, "id_set")]
    [InlineData("colour = \"red\"", null, "walk")]
    [InlineData(null, "brand", "walk")]
    [InlineData(null, null, "all")]
    public async Task The_plan_names_the_method(string? filter, string? group, string method)
    {
        await _table.PutAsync(new StoredItem(ItemTable.Picture(0), null, "a", 1, "red"));
        var query = new ItemQuery([Example(0)], 1) { Filter = filter, GroupBy = group, Explain = true };

        var plan = (await _table.SearchAsync(query)).ShouldSucceed().Plan.ShouldNotBeNull();

        plan.Method.ShouldBe(method);
        plan.Rounds.ShouldBe(1);
        plan.Examined.ShouldBe(1);
        plan.VectorSeconds.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_few_matches_that_are_far_away_are_found_without_testing_all_rows()
    {
        await _table.PutManyAsync([.. Enumerable.Range(0, 1000).Select(i => Priced(i * 0.03, i))]);
        var query = new ItemQuery([Example(0)], 5) { Filter = "price > 990", Explain = true };

        var found = (await _table.SearchAsync(query, new SearchLimits { SmallSet = 2, WalkRows = 20 })).ShouldSucceed();

        found.Hits.Select(hit => hit.Item.Id).ShouldBe([992, 993, 994, 995, 996]);
        found.Plan!.Method.ShouldBe("id_set");
        found.Plan.Examined.ShouldBeLessThan(1000);
    }

    [Fact]
    public async Task Fewer_groups_than_requested_need_no_read_of_all_rows()
    {
        await _table.PutManyAsync(
            [.. Enumerable.Range(0, 1000).Select(i => new StoredItem(ItemTable.Picture(i * 0.03), null, i % 2 == 0 ? "a" : "b"))]);
        var query = new ItemQuery([Example(0)], 5) { GroupBy = "brand", Explain = true };

        var found = (await _table.SearchAsync(query, new SearchLimits { WalkRows = 20 })).ShouldSucceed();

        found.Hits.Select(hit => hit.Item.Id).ShouldBe([1, 2]);
        found.Next.ShouldBeNull();
        found.Plan!.Examined.ShouldBeLessThan(1000);
    }

    [Fact]
    public async Task A_cursor_behind_all_groups_does_not_scan_the_table_again_and_again()
    {
        await _table.PutManyAsync([.. Enumerable.Range(0, 1000).Select(i => new StoredItem(ItemTable.Picture(i * 0.1), Colour: $"{i}"))]);
        var query = new ItemQuery([Example(0)], 5) { GroupBy = "colour", After = new HitPosition(4, long.MaxValue, 0) };

        var found = (await _table.SearchAsync(query, new SearchLimits { WalkRows = 100 })).ShouldSucceed();

        found.Hits.ShouldBeEmpty();
        found.Next.ShouldBeNull();

        // The walk and each walk after a scan begin with the fewest rows. With walks of 100 rows each, there would be six scans.
        _table.Store.Requested.Count(rows => rows == _table.Store.Requested[0]).ShouldBeLessThan(5);
    }

    [Theory]
    [InlineData("nothing", null, "group_by")]
    [InlineData("sizes", null, "sizes")]
    [InlineData("id", null, "product_id")]
    [InlineData(null, "nothing", "then_by")]
    [InlineData(null, "sizes", "sizes")]
    public async Task Fields_that_can_not_be_grouped_or_ordered_by_are_refused(string? group, string? then, string named) =>
        (await _table.SearchAsync(new ItemQuery([Example(0)], 1) { GroupBy = group, ThenBy = then }))
            .ShouldFail(FailureCode.RequestInvalid).Message.ShouldContain(named);

    [Fact]
    public async Task An_invalid_filter_is_refused() =>
        (await _table.SearchAsync(new ItemQuery([Example(0)], 1) { Filter = "price >" })).ShouldFail(FailureCode.FilterInvalid);

    [Fact]
    public async Task A_search_is_repeated_while_a_picture_is_being_changed()
    {
        var id = await _table.PutAsync(new StoredItem(ItemTable.Picture(0)) { Key = "lamp" });
        var put = new ItemPut(ItemTable.Picture(90), new PictureTexts(Key: "lamp"), KeyRule.Replace);
        var changed = (await _table.Catalog.PutItemsAsync(_table.Record.Generation, [put], true, default)).ShouldSucceed()[0].ShouldSucceed().Item;
        _table.Store.BeforeSearch = () => _table.Store.Requested.Count < 2 ? Task.CompletedTask : _table.StoreAsync(changed, put.Vectors);

        var hit = (await _table.SearchAsync(new ItemQuery([Example(90)], 1))).ShouldSucceed().Hits.ShouldHaveSingleItem();

        hit.Item.Id.ShouldBe(id);
        hit.SquaredDistance.ShouldBe(0, 1e-6);
    }

    [Fact]
    public async Task Rows_that_the_catalog_does_not_have_are_removed_from_the_store()
    {
        await AddAsync(0, 10);
        _table.Store.IgnoresRemovals = true;
        await _table.DeleteAsync(1);
        _table.Store.IgnoresRemovals = false;

        (await _table.FoundAsync(new ItemQuery([Example(0)], 1))).ShouldBe([2]);

        _table.Store.Rows.ShouldHaveSingleItem().Id.ShouldBe(2);
    }

    private static QueryExample Example(double degrees, bool isNegative = false) => new(ItemTable.Picture(degrees), null, isNegative);

    private static StoredItem Priced(double degrees, double? price) => new(ItemTable.Picture(degrees), Price: price);

    private async Task AddAsync(params double[] angles)
    {
        foreach (var degrees in angles) await _table.PutAsync(new StoredItem(ItemTable.Picture(degrees)));
    }
}
