using ImageSearch.Filtering;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Tests.Catalog;

/// <content>Selections by indexes. Ids may be more than those of the rows that match; these filters leave no room for others.</content>
public abstract partial class ItemCatalogCompliance
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, 5, TimeSpan.Zero);

    public static TheoryData<string> Narrowed => [.. NarrowedFilters.Keys];

    private static Dictionary<string, (Filter Filter, long[] Ids)> NarrowedFilters { get; } = new()
    {
        ["brand = acme"] = (Fields.Is(Fields.Brand, "acme"), [1, 2]),
        ["brand IN acme, 中文"] = (new OneOf(Fields.Of(Fields.Brand), [FilterValue.Of("acme"), FilterValue.Of("中文")]), [1, 2, 3]),
        ["brand STARTS WITH ac"] = (new StartsWith(Fields.Of(Fields.Brand), "ac"), [1, 2]),
        ["brand STARTS WITH U+10FFFF"] = (new StartsWith(Fields.Of(Fields.Brand), "\U0010FFFF"), [4]),
        ["brand >= 中"] = (new Comparison(Fields.Of(Fields.Brand), Relation.GreaterOrEqual, FilterValue.Of("中")), [3, 4]),
        ["brand EXISTS"] = (new Exists(Fields.Of(Fields.Brand)), [1, 2, 3, 4]),
        ["price = 10"] = (Fields.Is(Fields.Price, 10), [2]),
        ["price > 10"] = (Fields.Compare(Fields.Price, Relation.Greater, 10), [3]),
        ["price <= 10"] = (Fields.Compare(Fields.Price, Relation.LessOrEqual, 10), [1, 2]),
        ["price > -3 AND price < 10"] =
            (Fields.All(Fields.Compare(Fields.Price, Relation.Greater, -3), Fields.Compare(Fields.Price, Relation.Less, 10)), [1]),
        ["stocked = true"] = (Fields.Is(Fields.Of(Fields.Stocked), FilterValue.Of(true)), [1]),
        ["stocked = false"] = (Fields.Is(Fields.Of(Fields.Stocked), FilterValue.Of(false)), [2]),
        ["seen < noon"] = (new Comparison(Fields.Of(Fields.Seen), Relation.Less, FilterValue.Of(Noon)), [1]),
        ["seen >= noon"] = (new Comparison(Fields.Of(Fields.Seen), Relation.GreaterOrEqual, FilterValue.Of(Noon)), [2]),
        ["labels HAS sale"] = (Fields.Has("sale"), [1, 3]),
        ["labels EXISTS"] = (new Exists(Fields.Of(Fields.Labels)), [1, 3]),
        ["product_id = p"] = (Fields.Is(Fields.ProductId, FilterValue.Of("p")), [1, 4]),
        ["key = c"] = (Fields.Is(Fields.Key, FilterValue.Of("c")), [3]),
        ["key STARTS WITH b"] = (new StartsWith(Fields.Key, "b"), [2]),
        ["id IN 2, 4"] = (new OneOf(Fields.Id, [FilterValue.Of(2), FilterValue.Of(4), FilterValue.Of(2.5)]), [2, 4]),
        ["brand = acme AND price = 10"] = (Fields.All(Fields.Is(Fields.Brand, "acme"), Fields.Is(Fields.Price, 10)), [2]),
        ["price = 10 OR labels HAS new"] = (Fields.Any(Fields.Is(Fields.Price, 10), Fields.Has("new")), [1, 2]),
        ["brand = acme AND NOT note = x"] = (Fields.All(Fields.Is(Fields.Brand, "acme"), Fields.Not(Fields.Is(Fields.Note, "x"))), [1, 2]),
        ["brand = none"] = (Fields.Is(Fields.Brand, "none"), []),
    };

    [SuiteTheory]
    [MemberData(nameof(Narrowed))]
    public async Task A_filter_that_an_index_serves_is_narrowed_to_the_rows_that_match(string name)
    {
        var table = await CreateAsync();
        await Items.PutItemsAsync(
            table,
            [
                Fields.Put("a", Fields.Attributes("acme", -2.5, true, Noon.AddMilliseconds(-1), ["sale", "new"]), "p"),
                Fields.Put("b", Fields.Attributes("acme", 10, false, Noon), "P"),
                Fields.Put("c", Fields.Attributes("中文", 1e300, labels: ["sale"])),
                Fields.Put(null, Fields.Attributes("\U0010FFFF\U0010FFFF"), "p"),
                Fields.Put("e", "not JSON"),
            ],
            searchable: true, default);
        var (filter, ids) = NarrowedFilters[name];

        var selected = (await SelectAsync(table, filter)).ShouldNotBeNull();

        selected.ShouldBeUnique();
        ids.Except(selected).ShouldBeEmpty();

        // A conjunction may be narrowed by one of its terms only.
        if (filter is not AllOf) selected.Order().ShouldBe(ids);
        else selected.ShouldNotContain(4);
    }

    [SuiteFact]
    public async Task A_filter_that_no_index_serves_is_not_narrowed()
    {
        var table = await CreateAsync();
        await PutAsync(table, Fields.Put("a", Fields.Attributes("acme", note: "x")));
        var brand = Fields.Is(Fields.Brand, "acme");

        (await SelectAsync(table, Fields.Not(brand))).ShouldBeNull();
        (await SelectAsync(table, Fields.Is(Fields.Note, "x"))).ShouldBeNull();
        (await SelectAsync(table, new Has(Fields.Tags, "x"))).ShouldBeNull();
        (await SelectAsync(table, Fields.Any(brand, Fields.Is(Fields.Note, "x")))).ShouldBeNull();
    }

    [SuiteFact]
    public async Task More_rows_than_the_limit_are_not_selected()
    {
        var table = await CreateAsync();
        for (var i = 0; i < 5; i++) await PutAsync(table, Fields.Put($"{i}", Fields.Attributes("acme", i, labels: ["x", "y"])));
        var brand = Fields.Is(Fields.Brand, "acme");

        (await SelectAsync(table, brand, limit: 5)).ShouldNotBeNull().Count.ShouldBe(5);
        (await SelectAsync(table, brand, limit: 4)).ShouldBeNull();
        (await SelectAsync(table, new Exists(Fields.Of(Fields.Labels)), limit: 4)).ShouldBeNull();
        (await SelectAsync(table, Fields.Any(Fields.Is(Fields.Price, 1), Fields.Is(Fields.Price, 2)), limit: 1)).ShouldBeNull();
        (await SelectAsync(table, Fields.All(brand, Fields.Is(Fields.Price, 1)), limit: 4)).ShouldBe([2]);
    }

    [SuiteFact]
    public async Task A_conjunction_of_many_broad_disjunctions_is_not_read_to_its_end()
    {
        const int Count = 700;
        var table = await CreateAsync();
        await FillAsync(table, Count, i => Fields.Attributes(price: i));
        var broad = Fields.Any(Fields.Compare(Fields.Price, Relation.GreaterOrEqual, 0), Fields.Compare(Fields.Price, Relation.Greater, -1));
        var rare = Fields.Any(Fields.Is(Fields.Price, 1), Fields.Is(Fields.Price, 2));

        (await SelectAsync(table, Fields.All(broad, rare))).ShouldNotBeNull().Order().ShouldBe([2, 3]);

        // 98,000 entries before the last term.
        var many = Fields.All([.. Enumerable.Repeat(broad, 70), rare]);
        ((await SelectAsync(table, many))?.Count ?? Count).ShouldBe(Count);
    }

    [SuiteFact]
    public async Task Every_write_of_rows_moves_their_index_entries()
    {
        var table = await CreateAsync();
        var (red, blue) = (Fields.Attributes("red", labels: ["x"]), Fields.Attributes("blue", labels: ["y"]));
        await Catalog.AddAsync(table, Rows.Row(new PictureTexts(Key: "a") { ProductId = "p", Attributes = red }), default);
        await Catalog.AddManyAsync(table, [Rows.Row(new PictureTexts(Key: "b") { Attributes = red }), Rows.Row(new PictureTexts { Attributes = red })], true, default);
        await Catalog.AddAsync(table, Rows.Row(new PictureTexts(Key: "b") { Attributes = blue }) with { ReplaceSameKey = true }, default);
        await Catalog.ChangeAsync(table, Rows.Change(3, new PictureTexts { ProductId = "q", Attributes = blue }), default);
        (await BrandsAsync()).ShouldBe(("1", "2,3"));

        await PutAsync(table, Fields.Put("b", red));
        await PatchAsync(table, new ItemPatch(new ItemReference("a", 0), new FieldChanges { Attributes = """{"brand":"blue"}""" }));
        (await BrandsAsync()).ShouldBe(("2", "1,3"));
        (await SelectAsync(table, Fields.Has("x")))!.Order().ShouldBe([1, 2]);

        await Catalog.DeleteByIdsAsync(table, [1], default);
        await Catalog.DeleteByKeysAsync(table, ["b"], default);
        (await BrandsAsync()).ShouldBe(("", "3"));
        (await SelectAsync(table, Fields.Is(Fields.ProductId, FilterValue.Of("p")))).ShouldBeEmpty();
        (await SelectAsync(table, Fields.Is(Fields.ProductId, FilterValue.Of("q")))).ShouldBe([3]);

        async Task<(string Red, string Blue)> BrandsAsync() => (
            string.Join(',', (await SelectAsync(table, Fields.Is(Fields.Brand, "red")))!.Order()),
            string.Join(',', (await SelectAsync(table, Fields.Is(Fields.Brand, "blue")))!.Order()));
    }

    [SuiteFact]
    public async Task An_attribute_that_becomes_indexed_is_looked_up_once_all_rows_are_in_its_index()
    {
        var table = await CreateAsync(TableSettings.Default with { Attributes = [Fields.Brand with { Indexed = false }] });
        await FillAsync(table, 700, i => Fields.Attributes(i % 100 == 0 ? "acme" : "other"));
        await Items.ConfigureAsync(table, Fields.Settings, Metric.L2, null, default);
        await PutAsync(table, Fields.Put("late", Fields.Attributes("acme")));

        (await SelectWhenIndexedAsync(table, Fields.Is(Fields.Brand, "acme"))).ShouldBe([1, 101, 201, 301, 401, 501, 601, 701]);
    }

    [SuiteFact]
    public async Task Building_an_index_goes_on_after_a_restart()
    {
        var table = await CreateAsync(TableSettings.Default);
        await FillAsync(table, 700, i => Fields.Attributes(price: i));
        await Items.ConfigureAsync(table, Fields.Settings, Metric.L2, null, default);
        await ReopenAsync();

        (await SelectWhenIndexedAsync(table, Fields.Compare(Fields.Price, Relation.Greater, 697))).ShouldBe([699, 700]);
    }

    [SuiteFact]
    public async Task Values_of_another_type_than_an_attribute_has_now_are_none()
    {
        var table = await CreateAsync(TableSettings.Default with { Attributes = [Fields.Price] });
        var young = new AttributeDefinition("price", AttributeType.String, true);
        await FillAsync(table, 300, i => Fields.Attributes(price: i));
        await Items.ConfigureAsync(table, TableSettings.Default with { Attributes = [young] }, Metric.L2, null, default);
        await PutAsync(table, Fields.Put("young", """{"price":"cheap"}"""));

        (await SelectWhenIndexedAsync(table, new Exists(Fields.Of(young)))).ShouldBe([301]);
        (await SelectAsync(table, Fields.Is(Fields.Price, 5))).ShouldBeNull();
    }

    [SuiteFact]
    public async Task An_attribute_that_comes_back_has_the_values_that_rows_still_have()
    {
        var table = await CreateAsync();
        await FillAsync(table, 300, i => Fields.Attributes(price: i));
        await Items.ConfigureAsync(table, TableSettings.Default, Metric.L2, null, default);
        await Catalog.DeleteByIdsAsync(table, [2], default);
        (await SelectAsync(table, Fields.Is(Fields.Price, 1))).ShouldBeNull();

        await Items.ConfigureAsync(table, Fields.Settings, Metric.L2, null, default);

        (await SelectWhenIndexedAsync(table, Fields.Compare(Fields.Price, Relation.Less, 3))).ShouldBe([1, 3]);
    }

    private async Task FillAsync(TableGeneration table, int rows, Func<int, string?> attributes)
    {
        foreach (var chunk in Enumerable.Range(0, rows).Chunk(NewPicture.MaxPerAdd))
            Value(await Items.PutItemsAsync(table, [.. chunk.Select(i => Fields.Put($"{i}", attributes(i)))], searchable: true, default));
    }
}
