using ImageSearch.Client.Items;
using ImageSearch.Pages.Items;
using ImageSearch.Pages.Languages;
using ImageSearch.Pages.Lists;
using ImageSearch.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace ImageSearch.Pages.Tests.Items;

/// <summary>Looking after items.</summary>
[Collection(PagesFixture.Collection)]
public sealed class ItemsPageTests(PagesFixture pages)
{
    [BrowserTheory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task Items_are_filtered_edited_and_deleted(Screen screen)
    {
        var table = await Catalogue.NewTableAsync(pages.Api);
        await using var visit = await pages.OpenAsync(screen, $"items?table={table}");
        await visit.Named(AriaRole.Button, ItemWords.Open, "strawberry").WaitForAsync();
        await visit.IsAccessibleAsync();
        await visit.FitsAsync();
        await visit.ShowAsync("items");

        await visit.Labelled(ItemWords.Filter).FillAsync("price > 5");
        await visit.Button(ItemWords.Apply).ClickAsync();
        await Gone(visit.Named(AriaRole.Button, ItemWords.Open, "strawberry"));

        await visit.Named(AriaRole.Button, ItemWords.Open, "hamburger").ClickAsync();
        await visit.DialogOpensAsync();
        await visit.Labelled(ItemWords.Brief).FillAsync("With cheese");
        await visit.Page.GetByLabel("price", new() { Exact = true }).FillAsync("8.25");
        await visit.IsAccessibleAsync();
        await visit.FitsAsync();
        await visit.ShowAsync("item");
        await visit.DialogButton(CommonWords.Save).ClickAsync();
        await visit.SeesTextAsync(ItemWords.Saved, "hamburger");
        var item = await pages.Api.Items(table).GetAsync("hamburger");
        (item.Brief, item.Attributes!["price"].Number, item.Tags).ShouldBe(("With cheese", 8.25, "sale"));

        await visit.Labelled(ItemWords.Select, "hamburger").CheckAsync();
        await visit.Labelled(ItemWords.Select, "pizza").CheckAsync();
        await visit.Button(ItemWords.DeleteSelected).ClickAsync();
        await visit.DialogButton(CommonWords.Delete).ClickAsync();
        await visit.SeesTextAsync(ItemWords.Deleted, 2);
        (await KeysOf(table)).ShouldBe(["strawberry"]);
    }

    [BrowserTheory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task What_people_wrote_into_items_is_shown_as_text(Screen screen)
    {
        var table = await Catalogue.NewTableAsync(pages.Api);
        await Catalogue.PutAsync(pages.Api, table, Catalogue.Hostile, Catalogue.Item("strawberry.jpg") with { Brief = Catalogue.Hostile, Tags = Catalogue.Hostile });
        await using var visit = await pages.OpenAsync(screen, $"items?table={table}&look=list&order_by=created%20desc");

        await visit.Page.GetByRole(AriaRole.Cell, new() { Name = Catalogue.Hostile }).First.WaitForAsync();
        await visit.IsAccessibleAsync();
        await visit.FitsAsync();
        await visit.ShowAsync("items-list");
        await visit.Named(AriaRole.Button, ItemWords.Open, Catalogue.Hostile).ClickAsync();

        await Assertions.Expect(visit.Labelled(ItemWords.Brief)).ToHaveValueAsync(Catalogue.Hostile);
        (await visit.Page.Locator("img[src=x]").CountAsync()).ShouldBe(0);
    }

    [BrowserFact]
    public async Task Pages_of_items_are_turned()
    {
        var table = Catalogue.NewName();
        await pages.Api.Tables.CreateAsync(table);
        await pages.Api.Items(table).BatchAsync(
            Enumerable.Range(1, ItemsPage.PageSize + 1).Select(i => BatchOperation.Put($"p{i}", Catalogue.Item("strawberry.jpg"))));
        var (first, last) = ("p1", $"p{ItemsPage.PageSize + 1}");
        await using var visit = await pages.OpenAsync(Screen.ChinesePhone, $"items?table={table}");
        await visit.Labelled(ItemWords.Select, first).CheckAsync();
        await visit.SeesTextAsync(ItemWords.Selected, 1);
        (await visit.Named(AriaRole.Button, ItemWords.Open, last).CountAsync()).ShouldBe(0);

        await visit.Button(ListWords.Next).ClickAsync();
        await visit.Named(AriaRole.Button, ItemWords.Open, last).WaitForAsync();
        await visit.SeesTextAsync(ListWords.Number, 2);
        await Gone(visit.Named(AriaRole.Button, ItemWords.Open, first));
        await Assertions.Expect(visit.Button(ListWords.Next)).ToBeDisabledAsync();
        await visit.IsAccessibleAsync();
        await visit.FitsAsync();

        await visit.Button(ListWords.Previous).ClickAsync();
        await visit.Named(AriaRole.Button, ItemWords.Open, first).WaitForAsync();
        // Nothing that is out of sight is selected.
        await Assertions.Expect(visit.Labelled(ItemWords.Select, first)).Not.ToBeCheckedAsync();
    }

    [BrowserFact]
    public async Task A_picture_is_replaced()
    {
        var table = await Catalogue.NewTableAsync(pages.Api);
        await using var visit = await pages.OpenAsync(Screen.Phone, $"items?table={table}");
        await visit.Named(AriaRole.Button, ItemWords.Open, "pizza").ClickAsync();

        // What InputFile sets when it begins to listen.
        await visit.Page.WaitForFunctionAsync("() => document.querySelector('input[type=file]')?._blazorInputFileNextFileId !== undefined");
        await visit.Page.Locator("input[type=file]").SetInputFilesAsync(Path.Combine(AppContext.BaseDirectory, "samples", "strawberry.jpg"));
        await visit.DialogButton(CommonWords.Save).ClickAsync();
        await visit.SeesTextAsync(ItemWords.Saved, "pizza");

        var pizza = await pages.Api.Items(table).GetAsync("pizza", withVector: true);
        var strawberry = await pages.Api.Items(table).GetAsync("strawberry", withVector: true);
        pizza.Vector!.Value.ToArray().ShouldBe(strawberry.Vector!.Value.ToArray());
    }

    [BrowserFact]
    public async Task An_item_that_someone_else_changed_is_shown_before_it_is_changed_again()
    {
        var table = await Catalogue.NewTableAsync(pages.Api);
        await using var visit = await pages.OpenAsync(Screen.Desktop, $"items?table={table}");
        await visit.Named(AriaRole.Button, ItemWords.Open, "pizza").ClickAsync();
        await visit.DialogOpensAsync();
        await visit.Labelled(ItemWords.Tags).FillAsync("mine");

        await pages.Api.Items(table).ChangeAsync("pizza", new ItemChanges { Tags = "theirs" });
        await visit.DialogButton(CommonWords.Save).ClickAsync();

        await visit.SeesTextAsync(ItemWords.Conflict);
        await Assertions.Expect(visit.Labelled(ItemWords.Tags)).ToHaveValueAsync("theirs");
        (await pages.Api.Items(table).GetAsync("pizza")).Tags.ShouldBe("theirs");
    }

    [BrowserFact]
    public async Task A_filter_that_is_wrong_is_explained_by_the_service()
    {
        var table = await Catalogue.NewTableAsync(pages.Api);
        await using var visit = await pages.OpenAsync(Screen.Desktop, $"items?table={table}&filter=colour%20%3D%201");

        await visit.Page.GetByText("position 1").WaitForAsync();
    }

    private static Task Gone(ILocator locator) => locator.WaitForAsync(new() { State = WaitForSelectorState.Detached });

    private async Task<List<string?>> KeysOf(string table)
    {
        var keys = new List<string?>();
        await foreach (var item in pages.Api.Items(table).ListAsync()) keys.Add(item.Key);
        return keys;
    }
}
