using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Tests.Catalog;

public abstract partial class CatalogCompliance
{
    [SuiteFact]
    public async Task A_new_catalog_has_no_tables() => (await Catalog.ListTablesAsync(default)).ShouldBeEmpty();

    [SuiteFact]
    public async Task A_created_table_is_found_with_its_model_and_metric()
    {
        var model = new ModelIdentity("网络", "2.1", 512);

        var made = await Catalog.CreateTableAsync(Name("shop"), model, Metric.Cosine, default);

        made.ShouldBe(new TableRecord(made.Generation, model, Metric.Cosine) { Created = "2026-03-04 05:06:07.089" });
        (await Catalog.FindTableAsync(Name("shop"), default)).ShouldBe(made);
    }

    [SuiteFact]
    public async Task A_table_that_was_never_made_is_not_found() => (await Catalog.FindTableAsync(Name("none"), default)).ShouldBeNull();

    [SuiteFact]
    public async Task Creating_a_live_table_gives_it_back_as_it_is_with_its_rows()
    {
        var made = await Catalog.CreateTableAsync(Name("shop"), Rows.Model, Metric.IP, default);
        var row = await AddAsync(made.Generation, Rows.Row());

        var again = await Catalog.CreateTableAsync(Name("shop"), new ModelIdentity("other", "9", 8), Metric.L2, default);

        again.ShouldBe(made);
        (await TextsAsync(made.Generation, row)).Count.ShouldBe(1);
    }

    [SuiteFact]
    public async Task Creating_one_table_many_times_at_once_makes_one()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => CreateAsync()));

        made.Distinct().Count().ShouldBe(1);
        (await Catalog.ListTablesAsync(default)).Count.ShouldBe(1);
    }

    [SuiteFact]
    public async Task Tables_are_listed_by_name()
    {
        foreach (var name in new[] { "b", "C", "a" })
        {
            await CreateAsync(name);
        }

        (await Catalog.ListTablesAsync(default)).Select(table => table.Generation.Name.Value).ShouldBe(["C", "a", "b"]);
    }

    [SuiteFact]
    public async Task Names_that_differ_by_case_are_different_tables()
    {
        var (lower, upper) = (await CreateAsync("shop"), await CreateAsync("SHOP"));

        await AddAsync(lower, Rows.Row());

        Value(await Catalog.CountSearchableAsync(lower, default)).ShouldBe(1);
        Value(await Catalog.CountSearchableAsync(upper, default)).ShouldBe(0);
    }

    [SuiteTheory]
    [InlineData("_")]
    [InlineData("x")]
    [InlineData("sqlite_master")]
    [InlineData("sqlite_x")]
    [InlineData("imagesearch_tables")]
    [InlineData("imagesearch")]
    [InlineData("select")]
    [InlineData("_1234567890_1234567890_1234567890_1234567890_XYZ")]
    public async Task Every_allowed_name_makes_a_table_that_works(string name)
    {
        var table = await CreateAsync(name);

        var row = await AddAsync(table, Rows.Row(key: name));

        (await TextsAsync(table, row))[row.Id].Key.ShouldBe(name);
    }

    [SuiteFact]
    public async Task Tables_and_rows_are_there_after_reopening()
    {
        var table = await CreateAsync();
        var row = await AddAsync(table, Rows.Row(tags: "红色"));

        await ReopenAsync();

        (await Catalog.FindTableAsync(Name("shop"), default))!.Generation.ShouldBe(table);
        (await TextsAsync(table, row))[row.Id].Tags.ShouldBe("红色");
    }

    [SuiteFact]
    public async Task A_dropped_table_is_neither_found_nor_listed()
    {
        var table = await CreateAsync();

        (await Catalog.DropTableAsync(table, default)).ShouldBeTrue();

        (await Catalog.FindTableAsync(table.Name, default)).ShouldBeNull();
        (await Catalog.ListTablesAsync(default)).ShouldBeEmpty();
    }

    [SuiteFact]
    public async Task Dropping_twice_says_that_there_was_nothing_to_drop()
    {
        var table = await CreateAsync();
        await Catalog.DropTableAsync(table, default);

        (await Catalog.DropTableAsync(table, default)).ShouldBeFalse();
    }

    [SuiteFact]
    public async Task A_generation_with_another_tables_name_is_not_live()
    {
        var (table, _) = (await CreateAsync("shop"), await CreateAsync("other"));
        var mixed = table with { Name = Name("other") };

        (await Catalog.DropTableAsync(mixed, default)).ShouldBeFalse();
        ShouldFail(await Catalog.AddAsync(mixed, Rows.Row(), default), FailureCode.TableDropped);
    }

    [SuiteFact]
    public async Task A_name_made_anew_has_a_greater_generation_and_no_rows()
    {
        var old = await CreateAsync();
        var row = await AddAsync(old, Rows.Row());
        await Catalog.DropTableAsync(old, default);

        var young = await CreateAsync();

        young.Number.ShouldBeGreaterThan(old.Number);
        (await TextsAsync(young, row)).ShouldBeEmpty();
        Value(await Catalog.CountSearchableAsync(young, default)).ShouldBe(0);
    }

    [SuiteFact]
    public async Task A_generation_is_not_used_again_after_a_drop_and_reopening()
    {
        var old = await CreateAsync();
        await Catalog.DropTableAsync(old, default);
        await ReopenAsync();

        (await CreateAsync("other")).Number.ShouldBeGreaterThan(old.Number);
    }

    [SuiteFact]
    public async Task Every_call_on_a_dropped_table_says_so_and_leaves_the_young_table_alone()
    {
        var old = await CreateAsync();
        var row = await AddAsync(old, Rows.Row(key: "k"));
        await Catalog.DropTableAsync(old, default);
        var young = await CreateAsync();
        var kept = await AddAsync(young, Rows.Row(key: "k"), searchable: false);

        ShouldFail(await Catalog.AddAsync(old, Rows.Row(), default), FailureCode.TableDropped);
        ShouldFail(await Catalog.ChangeAsync(old, Rows.Change(kept.Id, new PictureTexts("x")), default), FailureCode.TableDropped);
        ShouldFail(await Catalog.DeleteByIdsAsync(old, [row.Id, kept.Id], default), FailureCode.TableDropped);
        ShouldFail(await Catalog.DeleteByKeysAsync(old, ["k"], default), FailureCode.TableDropped);
        ShouldFail(await Catalog.MarkSearchableAsync(old, [kept], default), FailureCode.TableDropped);
        ShouldFail(await Catalog.ReadTextsAsync(old, [row], default), FailureCode.TableDropped);
        ShouldFail(await Catalog.ReadTextsAsync(old, [], default), FailureCode.TableDropped);
        ShouldFail(await Catalog.CountSearchableAsync(old, default), FailureCode.TableDropped);
        (await Should.ThrowAsync<CatalogException>(VectorsAsync(old))).Code.ShouldBe(FailureCode.TableDropped);
        (await TextsAsync(young, kept))[kept.Id].ShouldBe(new PictureTexts(Key: "k"));
        Value(await Catalog.CountSearchableAsync(young, default)).ShouldBe(0);
    }
}
