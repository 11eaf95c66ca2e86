using ImageSearch.Pages.Duplicates;
using ImageSearch.Pages.Languages;
using ImageSearch.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace ImageSearch.Pages.Tests.Duplicates;

/// <summary>Finding pictures that are there twice.</summary>
[Collection(PagesFixture.Collection)]
public sealed class DuplicatesPageTests(PagesFixture pages)
{
    [BrowserTheory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task One_of_several_equal_pictures_is_kept(Screen screen)
    {
        var table = await Catalogue.NewTableAsync(pages.Api);
        await Catalogue.PutAsync(pages.Api, table, "again", Catalogue.Item("strawberry.jpg") with { Brief = Catalogue.Hostile });
        await using var visit = await pages.OpenAsync(screen, $"duplicates?table={table}");

        await visit.Button(DuplicateWords.Find).ClickAsync();
        await visit.SeesTextAsync(DuplicateWords.Found, 1, 2, 4);
        await visit.SeesTextAsync(DuplicateWords.Group, 2, "1.000");
        await visit.Page.GetByText(Catalogue.Hostile).WaitForAsync();
        await visit.IsAccessibleAsync();
        await visit.FitsAsync();
        await visit.ShowAsync("duplicates");
        await visit.Named(AriaRole.Button, DuplicateWords.KeepOf, "again").ClickAsync();
        await visit.DialogButton(CommonWords.Delete).ClickAsync();

        await visit.SeesTextAsync(DuplicateWords.Kept, "again", 1);
        (await pages.Api.Items(table).DeleteAsync("strawberry")).ShouldBeFalse();
        (await pages.Api.Items(table).GetAsync("again")).Key.ShouldBe("again");
    }

    [BrowserFact]
    public async Task A_table_without_duplicates_has_no_groups()
    {
        var table = await Catalogue.NewTableAsync(pages.Api);
        await using var visit = await pages.OpenAsync(Screen.Desktop, $"duplicates?table={table}");

        await visit.Button(DuplicateWords.Find).ClickAsync();

        await visit.SeesTextAsync(DuplicateWords.NoneFound);
    }
}
