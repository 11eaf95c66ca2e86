using System.Globalization;
using ImageSearch.Filtering;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Tests.Catalog;

public abstract partial class ItemCatalogCompliance
{
    [SuiteFact]
    public async Task Items_are_listed_by_id_in_pages()
    {
        var table = await CreateAsync();
        for (var i = 0; i < 5; i++) await PutAsync(table, Fields.Put($"{i}"));

        (await PagesAsync(table, Fields.Id, descending: false, count: 2)).ShouldBe(["1,2", "3,4", "5"]);
        (await PagesAsync(table, Fields.Id, descending: true, count: 5)).ShouldBe(["5,4,3,2,1"]);
    }

    [SuiteFact]
    public async Task A_page_has_items_that_were_put_behind_its_position_and_none_twice()
    {
        var table = await CreateAsync();
        for (var i = 0; i < 4; i++) await PutAsync(table, Fields.Put($"{i}"));
        var first = Value(await Items.ListItemsAsync(table, Fields.Key, false, null, null, 2, default));
        await Items.DeleteItemAsync(table, new ItemReference("1", 0), null, default);
        await PutAsync(table, Fields.Put("00"));
        await PutAsync(table, Fields.Put("21"));

        var second = Value(await Items.ListItemsAsync(table, Fields.Key, false, null, first.Next, 9, default));

        second.Items.Select(item => item.Texts.Key).ShouldBe(["2", "21", "3"]);
        second.Next.ShouldBeNull();
    }

    [SuiteTheory]
    [InlineData("key", "2,1,3,4,5", "3,1,2,5,4")]
    [InlineData("product_id", "1,3,4,2,5", "4,3,1,5,2")]
    [InlineData("created", "2,3,4,5,1", "1,5,4,3,2")]
    [InlineData("modified", "3,4,5,1,2", "2,1,5,4,3")]
    [InlineData("brand", "3,1,2,5,4", "4,5,2,1,3")]
    [InlineData("price", "4,1,3,2,5", "3,1,4,5,2")]
    [InlineData("stocked", "2,1,3,4,5", "1,2,5,4,3")]
    [InlineData("seen", "3,1,2,4,5", "1,3,5,4,2")]
    public async Task Items_are_listed_by_a_field_with_those_without_a_value_last(string order, string ascending, string descending)
    {
        var table = await CreateAsync();
        await PutAfterAsync(table, days: 8, Fields.Put("b", Fields.Attributes("b", -1, true, Noon.AddMilliseconds(1)), "p"));
        await PutAfterAsync(table, days: 1, Fields.Put("a", Fields.Attributes("b", stocked: false)));
        await PutAfterAsync(table, days: 2, Fields.Put("ｚ", Fields.Attributes("a", 10, seen: Noon), "p"));
        await PutAfterAsync(table, days: 3, Fields.Put(null, Fields.Attributes("😀", -2), "q"));
        await PutAfterAsync(table, days: 4, Fields.Put(null, Fields.Attributes("ｚ")));
        Time.Now = Noon.AddDays(9);
        await PatchAsync(table, new ItemPatch(new ItemReference(null, 2), Fields.Set("brief", new PictureTexts(Brief: "x"))));
        var field = Field(order);

        foreach (var count in new[] { 1, 2, 10 })
        {
            string.Join(',', await PagesAsync(table, field, false, count)).ShouldBe(ascending);
            string.Join(',', await PagesAsync(table, field, true, count)).ShouldBe(descending);
        }
    }

    [SuiteTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_list_of_a_filter_has_the_items_that_match_in_order(bool isIndexed)
    {
        var table = await CreateAsync();
        await FillAsync(table, 60, i => Fields.Attributes(i % 3 == 0 ? "acme" : "other", 100 - i, note: i % 3 == 0 ? "x" : "y"));
        var filter = isIndexed ? Fields.Is(Fields.Brand, "acme") : Fields.Is(Fields.Note, "x");
        var ids = Enumerable.Range(0, 60).Where(i => i % 3 == 0).Select(i => (i + 1).ToString(CultureInfo.InvariantCulture)).ToList();

        string.Join(',', await PagesAsync(table, Fields.Id, false, 7, filter)).ShouldBe(string.Join(',', ids));
        string.Join(',', await PagesAsync(table, Fields.Created, true, 7, filter)).ShouldBe(string.Join(',', ids.AsEnumerable().Reverse()));
        string.Join(',', await PagesAsync(table, Fields.Of(Fields.Price), false, 7, filter)).ShouldBe(string.Join(',', ids.AsEnumerable().Reverse()));
        string.Join(',', await PagesAsync(table, Fields.Of(Fields.Seen), false, 7, filter)).ShouldBe(string.Join(',', ids));
    }

    [SuiteFact]
    public async Task A_list_of_an_empty_table_or_of_no_match_is_empty()
    {
        var table = await CreateAsync();
        (await PagesAsync(table, Fields.Of(Fields.Price), false, 10)).ShouldBe([""]);
        await PutAsync(table, Fields.Put("a"));

        (await PagesAsync(table, Fields.Id, false, 10, Fields.Is(Fields.Note, "x"))).ShouldBe([""]);
        (await PagesAsync(table, Fields.Id, false, 10, Fields.Is(Fields.Brand, "x"))).ShouldBe([""]);
    }

    [SuiteFact]
    public async Task A_position_of_another_order_is_refused()
    {
        var table = await CreateAsync();

        ShouldFail(await Items.ListItemsAsync(table, Fields.Of(Fields.Price), false, null, new ItemPosition("acme", 1), 10, default), FailureCode.CursorInvalid);
        ShouldFail(await Items.ListItemsAsync(table, Fields.Id, false, null, new ItemPosition("1", 1), 10, default), FailureCode.CursorInvalid);
    }

    [SuiteFact]
    public async Task An_order_without_an_index_is_refused()
    {
        var table = await CreateAsync();
        await PutAsync(table, Fields.Put("a"));

        ShouldFail(await Items.ListItemsAsync(table, Fields.Of(Fields.Labels), false, null, null, 10, default), FailureCode.RequestInvalid);
        ShouldFail(await Items.ListItemsAsync(table, Fields.Of(Fields.Note), false, null, null, 10, default), FailureCode.RequestInvalid);
        ShouldFail(await Items.ListItemsAsync(table, Fields.Tags, false, null, null, 10, default), FailureCode.RequestInvalid);
    }

    private static FilterField Field(string name) => name switch
    {
        "key" => Fields.Key,
        "product_id" => Fields.ProductId,
        "created" => Fields.Created,
        "modified" => Fields.Modified,
        _ => Fields.Of(Fields.Settings.Find(name)!),
    };

    private async Task PutAfterAsync(TableGeneration table, int days, ItemPut put)
    {
        Time.Now = Noon.AddDays(days);
        await PutAsync(table, put);
    }

    /// <summary>The ids of a list, one text a page.</summary>
    private async Task<List<string>> PagesAsync(TableGeneration table, FilterField order, bool descending, int count, Filter? filter = null)
    {
        var pages = new List<string>();
        ItemPosition? after = null;
        do
        {
            var page = Value(await Items.ListItemsAsync(table, order, descending, filter, after, count, default));
            page.Items.Count.ShouldBeLessThanOrEqualTo(count);
            pages.Add(string.Join(',', page.Items.Select(item => item.Id)));
            after = page.Next;
        }
        while (after is not null);

        return pages;
    }
}
