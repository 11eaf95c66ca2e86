namespace ImageSearch.Grains.Tests.Tables;

/// <summary>Settings, sizes and quotas of tables.</summary>
public sealed class TableSettingsTests : TableFixture
{
    private static readonly TableSettings Branded = TableSettings.Default with
    {
        Attributes = [new AttributeDefinition("brand", AttributeType.String, Indexed: true)],
    };

    private ITableItemsGrain Items => Grains.GetGrain<ITableItemsGrain>(Shop.Value);

    [Fact]
    public async Task A_table_has_the_settings_of_its_creation_and_keeps_them_when_it_is_created_again()
    {
        (await Items.CreateWithAsync(null, Metric.IP, Branded, default)).ShouldSucceed();

        (await Items.CreateWithAsync(null, Metric.L2, TableSettings.Default, default)).ShouldSucceed().Settings.Attributes.Count.ShouldBe(1);

        var status = (await Table.DescribeAsync(default)).ShouldSucceed();
        status.Metric.ShouldBe(Metric.IP);
        status.Settings.Attributes.ShouldHaveSingleItem().Name.ShouldBe("brand");
        status.Created.ShouldNotBeNull();
    }

    [Fact]
    public async Task New_settings_are_used_at_once()
    {
        await Items.CreateWithAsync(null, null, TableSettings.Default, default);
        (await SearchByBrandAsync()).ShouldFail(FailureCode.FilterInvalid);

        var configured = (await Items.ConfigureAsync(Branded, Metric.Cosine, null, default)).ShouldSucceed();

        configured.Revision.ShouldBe(1);
        (await SearchByBrandAsync()).ShouldSucceed().Metric.ShouldBe(Metric.Cosine);
        (await Table.DescribeAsync(default)).ShouldSucceed().Tag.ShouldBe(configured.Tag);
    }

    [Theory]
    [InlineData("")]
    [InlineData("999-0")]
    public async Task A_table_is_dropped_only_by_its_present_tag(string tag)
    {
        var first = (await Items.CreateWithAsync(null, null, TableSettings.Default, default)).ShouldSucceed();
        var second = (await Items.ConfigureAsync(Branded, null, first.Tag, default)).ShouldSucceed();

        (await Items.DropIfAsync(first.Tag, default)).ShouldFail(FailureCode.ConditionFailed);
        (await Items.DropIfAsync(tag, default)).ShouldFail(FailureCode.ConditionFailed);
        (await Items.DropIfAsync(second.Tag, default)).ShouldSucceed();
        (await Items.DropIfAsync(second.Tag, default)).ShouldFail(FailureCode.TableNotFound);
    }

    [Fact]
    public async Task A_change_that_was_refused_makes_the_present_settings_known()
    {
        await Items.CreateWithAsync(null, null, TableSettings.Default, default);
        await Table.DescribeAsync(default);
        // Another activation, for a moment.
        var table = (await Catalog.FindTableAsync(Shop, default))!.Generation;
        (await Catalog.ConfigureAsync(table, Branded, Metric.IP, null, default)).ShouldSucceed();

        (await Items.ConfigureAsync(TableSettings.Default, null, $"{table.Number:x}-0", default)).ShouldFail(FailureCode.ConditionFailed);

        var described = (await Table.DescribeAsync(default)).ShouldSucceed();
        (described.Revision, described.Metric, described.Settings.Attributes.Count).ShouldBe((1, Metric.IP, 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1-")]
    [InlineData("999-0")]
    [InlineData("nonsense")]
    public async Task A_table_that_was_changed_keeps_its_settings(string tag)
    {
        var first = (await Items.CreateWithAsync(null, null, TableSettings.Default, default)).ShouldSucceed();
        (await Items.ConfigureAsync(Branded, null, first.Tag, default)).ShouldSucceed();

        (await Items.ConfigureAsync(TableSettings.Default, null, first.Tag, default)).ShouldFail(FailureCode.ConditionFailed);
        (await Items.ConfigureAsync(TableSettings.Default, null, tag, default)).ShouldFail(FailureCode.ConditionFailed);

        (await Table.DescribeAsync(default)).ShouldSucceed().Settings.Attributes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_table_knows_its_sizes()
    {
        await Items.CreateWithAsync(null, null, Branded, default);
        await AddAsync(0);
        await AddAsync(90);

        var size = (await Items.MeasureAsync(default)).ShouldSucceed();

        size.Rows.ShouldBe(2);
        size.Searchable.ShouldBe(2);
        size.DiskBytes.ShouldBeGreaterThan(0);
        size.MemoryBytes.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_row_beyond_the_quota_is_refused_with_the_bound()
    {
        await WithQuotaAsync(2);
        await AddAsync(0);
        (await Items.PutItemAsync(Put("lamp", 10), default)).ShouldSucceed();

        (await Table.AddAsync(Picture(20), default)).ShouldFail(FailureCode.QuotaReached).Message.ShouldContain("max_rows is 2");
        (await Items.PutItemAsync(Put("vase", 30), default)).ShouldFail(FailureCode.QuotaReached);
        (await Catalog.CountSearchableAsync((await Catalog.FindTableAsync(Shop, default))!.Generation, default)).ShouldSucceed().ShouldBe(2);
    }

    [Fact]
    public async Task A_full_table_takes_items_that_replace_others()
    {
        await WithQuotaAsync(1);
        await Items.PutItemAsync(Put("lamp", 0), default);

        (await Items.PutItemAsync(Put("lamp", 90), default)).ShouldSucceed();
        (await Table.AddAsync(Picture(10, new PictureTexts(Key: "lamp"), replaceSameKey: true), default)).ShouldSucceed();
        (await Table.AddAsync(Picture(10, new PictureTexts(Key: "lamp")), default)).ShouldFail(FailureCode.QuotaReached);
    }

    [Fact]
    public async Task A_batch_is_stored_up_to_the_quota()
    {
        await WithQuotaAsync(3);

        var puts = (await Items.PutItemsAsync([Put("a", 0), Put("a", 1), Put("b", 2), Put("c", 3), Put("d", 4)], default)).ShouldSucceed();
        var adds = (await Table.AddManyAsync([Picture(0)], default)).ShouldSucceed();

        puts.Select(put => put.Failure?.Code).ShouldBe([null, null, null, null, FailureCode.QuotaReached]);
        adds[0].ShouldFail(FailureCode.QuotaReached);
    }

    [Fact]
    public async Task A_deleted_row_makes_room()
    {
        await WithQuotaAsync(1);
        var id = await AddAsync(0);
        await Table.DeleteByIdsAsync([id], default);
        await AddAsync(10);
        await Items.DeleteItemAsync(new ItemReference(null, id + 1), null, default);
        await AddAsync(20);
    }

    [Fact]
    public async Task Rows_that_could_not_be_stored_count_as_none()
    {
        await WithQuotaAsync(2);
        for (var i = 0; i < 5; i++) (await Items.PutItemAsync(Put("lamp", 0) with { Condition = new ItemCondition(["0"], true, false) }, default)).ShouldFail(FailureCode.ConditionFailed);
        await AddAsync(0);
        await AddAsync(10);
    }

    [Fact]
    public async Task Tables_are_listed_by_name_and_page()
    {
        foreach (var name in new[] { "b", "a", "c" }) await Grains.GetGrain<ITableItemsGrain>(name).CreateWithAsync(null, null, Branded, default);
        var list = Grains.GetGrain<ITableListGrain>(ITableListGrain.Key);

        (await list.ListAsync(null, 2, default)).ShouldSucceed().Select(table => table.Name.Value).ShouldBe(["a", "b"]);
        var last = (await list.ListAsync("b", 2, default)).ShouldSucceed().ShouldHaveSingleItem();
        last.Settings.Attributes.Count.ShouldBe(1);
        (await list.ListAsync(null, 0, default)).ShouldFail(FailureCode.RequestInvalid);
    }

    private static ItemPut Put(string key, double degrees) =>
        new(new PictureVectors(Model, At(degrees)), new PictureTexts(Key: key), KeyRule.Replace);

    private Task<Result<ItemHits>> SearchByBrandAsync() => Items.SearchItemsAsync(
        new ItemQuery([new QueryExample(new PictureVectors(Model, At(0)), null)], 1) { Filter = "brand = \"x\"" }, default);

    private async Task WithQuotaAsync(long rows) =>
        (await Items.CreateWithAsync(null, null, TableSettings.Default with { MaxRows = rows }, default)).ShouldSucceed();
}
