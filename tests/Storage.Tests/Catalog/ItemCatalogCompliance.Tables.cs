namespace ImageSearch.Storage.Tests.Catalog;

public abstract partial class ItemCatalogCompliance
{
    private static readonly TableSettings Chosen = new(KeyRule.Fail, MainObjectRule.Query, Fields.Settings.Attributes, 5000);

    [SuiteFact]
    public async Task A_table_keeps_the_settings_that_it_was_created_with()
    {
        var created = await Items.CreateTableAsync(Name("shop"), Rows.Model, Metric.IP, Chosen, default);
        await ReopenAsync();

        var found = (await Catalog.FindTableAsync(Name("shop"), default)).ShouldNotBeNull();

        ShouldBe(created.Settings, Chosen);
        ShouldBe(found.Settings, Chosen);
        (found.Generation, found.Metric, found.Revision, found.Created).ShouldBe((created.Generation, Metric.IP, 0, "2026-03-04 05:06:07.089"));
    }

    [SuiteFact]
    public async Task A_table_that_is_created_without_settings_has_the_default_ones()
    {
        await Catalog.CreateTableAsync(Name("shop"), Rows.Model, Metric.L2, default);

        ShouldBe((await Catalog.FindTableAsync(Name("shop"), default))!.Settings, TableSettings.Default);
    }

    [SuiteFact]
    public async Task Creating_a_live_table_with_other_settings_gives_it_back_as_it_is()
    {
        var created = await Items.CreateTableAsync(Name("shop"), Rows.Model, Metric.IP, Chosen, default);

        var again = await Items.CreateTableAsync(Name("shop"), Rows.Model, Metric.L2, TableSettings.Default, default);

        (again.Generation, again.Metric, again.Revision).ShouldBe((created.Generation, Metric.IP, 0));
        ShouldBe(again.Settings, Chosen);
    }

    [SuiteFact]
    public async Task Configuring_replaces_settings_and_metric_and_increments_the_revision()
    {
        var table = await CreateAsync(TableSettings.Default);

        var first = Value(await Items.ConfigureAsync(table, Chosen, Metric.Cosine, revision: 0, default));
        var second = Value(await Items.ConfigureAsync(table, TableSettings.Default, Metric.L2, revision: null, default));

        (first.Revision, first.Metric, second.Revision, second.Metric).ShouldBe((1, Metric.Cosine, 2, Metric.L2));
        ShouldBe(first.Settings, Chosen);
        ShouldBe((await Catalog.FindTableAsync(Name("shop"), default))!.Settings, TableSettings.Default);
    }

    [SuiteFact]
    public async Task Configuring_another_revision_than_the_tables_fails_and_changes_nothing()
    {
        var table = await CreateAsync(Chosen);
        await Items.ConfigureAsync(table, Chosen, Metric.IP, revision: null, default);

        ShouldFail(await Items.ConfigureAsync(table, TableSettings.Default, Metric.L2, revision: 0, default), FailureCode.ConditionFailed);

        var found = (await Catalog.FindTableAsync(Name("shop"), default))!;
        (found.Revision, found.Metric).ShouldBe((1, Metric.IP));
        ShouldBe(found.Settings, Chosen);
    }

    [SuiteFact]
    public async Task Only_the_call_that_creates_a_table_is_told_so()
    {
        var first = await Items.EnsureTableAsync(Name("shop"), Rows.Model, Metric.IP, Chosen, default);
        var second = await Items.EnsureTableAsync(Name("shop"), Rows.Model, Metric.IP, Chosen, default);
        var created = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Items.EnsureTableAsync(Name("both"), Rows.Model, Metric.IP, Chosen, default)));

        (first.IsNew, second.IsNew).ShouldBe((true, false));
        second.Table.Generation.ShouldBe(first.Table.Generation);
        created.Count(table => table.IsNew).ShouldBe(1);
    }

    [SuiteFact]
    public async Task A_table_is_dropped_only_at_the_revision_that_is_named()
    {
        var table = await CreateAsync(Chosen);
        await Items.ConfigureAsync(table, TableSettings.Default, Metric.IP, revision: null, default);

        ShouldFail(await Items.DropTableAsync(table, revision: 0, default), FailureCode.ConditionFailed);
        (await Catalog.FindTableAsync(Name("shop"), default)).ShouldNotBeNull();
        Value(await Items.DropTableAsync(table, revision: 1, default)).ShouldBeTrue();
        Value(await Items.DropTableAsync(table, revision: 1, default)).ShouldBeFalse();
        (await Catalog.FindTableAsync(Name("shop"), default)).ShouldBeNull();
    }

    [SuiteFact]
    public async Task The_revision_is_that_of_the_last_change()
    {
        var table = await CreateAsync(Chosen);
        Value(await Items.ReadRevisionAsync(table, default)).ShouldBe(0);

        await Items.ConfigureAsync(table, TableSettings.Default, Metric.IP, revision: null, default);

        Value(await Items.ReadRevisionAsync(table, default)).ShouldBe(1);
    }

    [SuiteFact]
    public async Task Live_tables_are_listed_by_name_from_a_name_on()
    {
        foreach (var name in new[] { "b", "C", "a", "d" }) await Catalog.CreateTableAsync(Name(name), Rows.Model, Metric.L2, default);
        await Catalog.DropTableAsync((await Catalog.FindTableAsync(Name("b"), default))!.Generation, default);

        (await ListAsync(null, 2)).ShouldBe(["C", "a"]);
        (await ListAsync("a", 2)).ShouldBe(["d"]);
        (await ListAsync("d", 2)).ShouldBeEmpty();

        async Task<IEnumerable<string>> ListAsync(string? after, int count) =>
            (await Items.ListTablesAsync(after, count, default)).Select(table => table.Generation.Name.Value);
    }

    [SuiteFact]
    public async Task Rows_are_counted_searchable_or_not()
    {
        var table = await CreateAsync();
        await Items.PutItemsAsync(table, [Fields.Put("a"), Fields.Put("b")], searchable: false, default);
        await PutAsync(table, Fields.Put("c"));

        Value(await Items.CountRowsAsync(table, default)).ShouldBe(3);
    }

    [SuiteFact]
    public async Task A_dropped_table_is_named_by_every_call()
    {
        var table = await CreateAsync();
        await Catalog.DropTableAsync(table, default);
        var key = new ItemReference("a", 0);

        ShouldFail(await Items.ConfigureAsync(table, Chosen, Metric.L2, null, default), FailureCode.TableDropped);
        ShouldFail(await Items.CountRowsAsync(table, default), FailureCode.TableDropped);
        ShouldFail(await Items.ReadRevisionAsync(table, default), FailureCode.TableDropped);
        ShouldFail(await Items.FindItemAsync(table, key, null, default), FailureCode.TableDropped);
        ShouldFail(await Items.ReadItemsAsync(table, [1], default), FailureCode.TableDropped);
        ShouldFail(await Items.PutItemsAsync(table, [Fields.Put("a")], true, default), FailureCode.TableDropped);
        ShouldFail(await PatchAsync(table, new ItemPatch(key, Fields.Set("tags", new()))), FailureCode.TableDropped);
        ShouldFail(await Items.DeleteItemAsync(table, key, null, default), FailureCode.TableDropped);
        ShouldFail(await Items.SelectIdsAsync(table, Fields.Has("x"), 10, default), FailureCode.TableDropped);
        ShouldFail(await Items.ListItemsAsync(table, Fields.Id, false, null, null, 10, default), FailureCode.TableDropped);
        ShouldFail(await Items.ListItemsAsync(table, Fields.Key, false, null, null, 10, default), FailureCode.TableDropped);
    }

    // Records compare their lists by reference.
    private static void ShouldBe(TableSettings settings, TableSettings expected)
    {
        settings.Attributes.ShouldBe(expected.Attributes);
        (settings with { Attributes = expected.Attributes }).ShouldBe(expected);
    }
}
