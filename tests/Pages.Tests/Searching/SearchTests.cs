using System.Text.RegularExpressions;
using ImageSearch.Pages.Pictures;
using ImageSearch.Pages.Searching;
using ImageSearch.Pages.Searching.Filters;
using ImageSearch.Pages.Searching.Inputs;
using ImageSearch.Pages.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ImageSearch.Pages.Tests.Searching;

/// <summary>Searching as a person does it.</summary>
[Collection(PagesFixture.Collection)]
public sealed class SearchTests(PagesFixture pages)
{
    [BrowserTheory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task A_picture_finds_the_product_it_shows(Screen screen)
    {
        var table = await SampleShop.CreateAsync(pages);
        await using var visit = await pages.OpenAsync(screen, $"?table={table}");
        await visit.SeesAsync(SearchWords.Title);
        await visit.IsAccessibleAsync();

        await visit.ChooseAsync("strawberry-in-a-scene.jpg");

        await visit.FindsAsync("strawberry", "hamburger", "pizza");
        await Expect(visit.Hit("strawberry")).ToContainTextAsync(new Regex("Fresh strawberries.*fruit,red.*acme", RegexOptions.Singleline));
        await Expect(visit.Page.Locator(".stage-times")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".region-frame img")).ToHaveJSPropertyAsync("complete", true);
        await visit.IsAccessibleAsync();
        await visit.FitsAsync();
        await visit.ShowAsync("search");
    }

    [BrowserTheory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task An_item_finds_others_that_are_like_it_and_unlike_another(Screen screen)
    {
        var table = await SampleShop.CreateAsync(pages);
        await using var visit = await pages.OpenAsync(screen, $"?table={table}");
        await visit.ChooseAsync("strawberry.jpg");
        await visit.FindsAsync("strawberry", "hamburger", "pizza");

        await visit.Button(SearchWords.LikeItem, "hamburger").ClickAsync();
        await visit.FindsAsync("pizza", "strawberry");
        visit.Page.Url.ShouldContain("item=2");

        await visit.Button(SearchWords.UnlikeItem, "strawberry").ClickAsync();
        await visit.FindsAsync("pizza");
        await visit.IsAccessibleAsync();
        await visit.FitsAsync();

        await visit.Button(SearchWords.RemoveExample, "strawberry").ClickAsync();
        await visit.FindsAsync("pizza", "strawberry");
        await visit.Page.GoBackAsync();
        await visit.FindsAsync("strawberry", "hamburger", "pizza");
    }

    [BrowserTheory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task A_filter_is_built_from_fields_tests_and_values(Screen screen)
    {
        var table = await SampleShop.CreateAsync(pages);
        await using var visit = await pages.OpenAsync(screen, $"?table={table}");
        await visit.ChooseAsync("strawberry.jpg");
        await visit.OpenOptionsAsync();
        await visit.Button(FilterWords.Build).ClickAsync();

        await visit.Field(FilterWords.Field).SelectOptionAsync("price");
        await visit.Field(FilterWords.Test).SelectOptionAsync(new SelectOptionValue { Label = visit.Say(FilterWords.Of(Test.GreaterOrEqual)) });
        await visit.Field(FilterWords.Value).FillAsync("8");
        await visit.Button(FilterWords.AddCondition).ClickAsync();
        await visit.Field(FilterWords.Field).Nth(1).SelectOptionAsync("brand");
        await visit.Field(FilterWords.Value).Nth(1).FillAsync("acme");
        await Expect(visit.Page.Locator(".filter-preview")).ToHaveTextAsync("price >= 8 AND brand = \"acme\"");
        await visit.IsAccessibleAsync();
        await visit.FitsAsync();
        await visit.ShowAsync("filter");
        await visit.Button(FilterWords.Use).ClickAsync();

        await visit.FindsAsync("pizza");
        await Expect(visit.Field(FilterWords.Filter)).ToHaveValueAsync("price >= 8 AND brand = \"acme\"");
    }

    [BrowserFact]
    public async Task Groups_scores_and_pages_bound_the_results()
    {
        var table = await SampleShop.CreateAsync(pages);
        await using var visit = await pages.OpenAsync(Screen.Desktop, $"?table={table}&k=2");
        await visit.ChooseAsync("strawberry.jpg");
        await visit.FindsAsync("strawberry", "hamburger");
        await visit.Button(SearchWords.More).ClickAsync();
        await visit.FindsAsync("strawberry", "hamburger", "pizza");

        await visit.OpenOptionsAsync();
        await visit.Field(SearchWords.GroupBy).SelectOptionAsync("brand");
        await visit.FindsAsync("strawberry", "hamburger");
        await visit.EnterAsync(SearchWords.MinScore, "0.9");
        await visit.FindsAsync("strawberry");
        await visit.EnterAsync(FilterWords.Filter, "price > 100");
        await Expect(visit.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = visit.Say(SearchWords.Nothing) })).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_link_has_the_item_the_filter_and_the_size_of_pages()
    {
        var table = await SampleShop.CreateAsync(pages);
        await using var visit = await pages.OpenAsync(Screen.Desktop, $"?table={table}&item=1&k=1&filter={Uri.EscapeDataString("price > 8")}");
        await visit.FindsAsync("pizza");
        await Expect(visit.Field(FilterWords.Filter)).ToHaveValueAsync("price > 8");
        await Expect(visit.Field(SearchWords.Limit)).ToHaveValueAsync("1");
    }

    [BrowserFact]
    public async Task What_is_wrong_with_a_filter_is_said_beside_it()
    {
        var table = await SampleShop.CreateAsync(pages);
        await using var visit = await pages.OpenAsync(Screen.Desktop, $"?table={table}&item=1&filter={Uri.EscapeDataString("cost = 1")}");
        await Expect(visit.Page.Locator("#filter-fault")).ToContainTextAsync("position 1");
        await visit.IsAccessibleAsync();
    }

    [BrowserFact]
    public async Task A_link_to_an_item_that_is_gone_says_so()
    {
        var table = await SampleShop.CreateAsync(pages);
        await using var visit = await pages.OpenAsync(Screen.Desktop, $"?table={table}&item=99");
        await visit.Page.GetByText(visit.Say(SearchWords.NoSuchItem)).WaitForAsync();
    }

    [BrowserFact]
    public async Task A_picture_that_is_too_large_is_not_sent()
    {
        var table = await SampleShop.CreateAsync(pages);
        await using var visit = await pages.OpenAsync(Screen.Desktop, $"?table={table}");
        var folder = Directory.CreateTempSubdirectory("imagesearch-");
        var large = Path.Combine(folder.FullName, "large.png");
        await using (var file = File.Create(large)) file.SetLength(PictureSize.MaxBytes + 1);
        await visit.ChooseFileAsync(large);
        await visit.Page.GetByText(visit.Say(InputWords.TooLarge, 21, 20)).WaitForAsync();
        folder.Delete(recursive: true);
        await visit.ChooseAsync("list.pdf", "application/pdf", [1, 2, 3]);
        await visit.Page.GetByText(visit.Say(InputWords.NotAPicture)).WaitForAsync();
    }

    [BrowserFact]
    public async Task A_file_that_is_no_picture_is_explained_by_the_service()
    {
        var table = await SampleShop.CreateAsync(pages);
        await using var visit = await pages.OpenAsync(Screen.Desktop, $"?table={table}");
        await visit.ChooseAsync("broken.png", "image/png", [1, 2, 3]);
        await Expect(visit.Page.Locator(".mud-snackbar")).ToContainTextAsync("picture");
    }

    [BrowserFact]
    public async Task A_broken_picture_is_explained_in_Chinese()
    {
        var table = await SampleShop.CreateAsync(pages);
        await using var visit = await pages.OpenAsync(Screen.ChinesePhone, $"?table={table}");
        var picture = await File.ReadAllBytesAsync(SampleShop.FileOf("strawberry.jpg"));
        await visit.ChooseAsync("broken.jpg", "image/jpeg", picture[..(picture.Length / 2)]);
        await Expect(visit.Page.Locator(".mud-snackbar")).ToContainTextAsync("图片文件不完整，请重新上传完整的文件。");
    }
}
