using ImageSearch.Pages.Searching;
using ImageSearch.Pages.Tests.Browsing;
using ImageSearch.Pages.Tests.Searching;
using ImageSearch.Pages.Welcome;
using static Microsoft.Playwright.Assertions;

namespace ImageSearch.Pages.Tests.Welcome;

/// <summary>The way from an empty service to the first search.</summary>
[Collection(PagesFixture.Collection)]
public sealed class WelcomeTests(PagesFixture pages)
{
    [BrowserFact]
    public async Task One_click_leads_from_an_empty_service_to_the_first_search()
    {
        await using var service = await ServiceProcess.StartAsync();
        await using var visit = await pages.OpenAsync(Screen.Desktop, "", service);
        await visit.Page.GetByText(visit.Say(WelcomeWords.NoTables)).WaitForAsync();
        await visit.ShowAsync("welcome");

        await visit.Button(WelcomeWords.Create).ClickAsync();

        await visit.FindsAsync("strawberry-1", "hamburger-1", "pizza-1");
        visit.Page.Url.ShouldContain($"table={SamplePicture.Table}");
    }

    [BrowserTheory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task An_empty_table_leads_to_the_samples_and_to_own_pictures(Screen screen)
    {
        var table = $"empty_{Guid.NewGuid():N}";
        await pages.Api.Tables.CreateAsync(table);
        await using var visit = await pages.OpenAsync(screen, $"?table={table}");
        await visit.Page.GetByText(visit.Say(WelcomeWords.EmptyTable, table)).WaitForAsync();
        await Expect(visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = visit.Say(WelcomeWords.OwnPictures) }))
            .ToHaveAttributeAsync("href", $"add?table={table}");
        await visit.IsAccessibleAsync();
        await visit.FitsAsync();

        await visit.Field(WelcomeWords.TableName).FillAsync($"samples_{Guid.NewGuid():N}");
        await visit.Button(WelcomeWords.Create).ClickAsync();

        await visit.FindsAsync("strawberry-1", "hamburger-1", "pizza-1");
    }

    [BrowserFact]
    public async Task A_table_of_the_name_that_has_other_pictures_is_left_alone()
    {
        var taken = await SampleShop.CreateAsync(pages);
        var empty = $"empty_{Guid.NewGuid():N}";
        await pages.Api.Tables.CreateAsync(empty);
        await using var visit = await pages.OpenAsync(Screen.Desktop, $"?table={empty}");
        await visit.Field(WelcomeWords.TableName).FillAsync(taken);
        await visit.Button(WelcomeWords.Create).ClickAsync();
        await visit.Page.GetByText(visit.Say(WelcomeWords.NameTaken)).WaitForAsync();
        (await pages.Api.Tables.GetAsync(taken)).Rows.ShouldBe(3);
    }

    [BrowserFact]
    public async Task A_link_to_a_table_that_is_not_there_says_so()
    {
        await using var visit = await pages.OpenAsync(Screen.Desktop, "?table=no_such_table");
        await Expect(visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert).First).ToContainTextAsync("no_such_table");
        await visit.SeesAsync(SearchWords.Title);
    }
}
