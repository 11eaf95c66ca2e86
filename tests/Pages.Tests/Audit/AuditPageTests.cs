using ImageSearch.Client.Keys;
using ImageSearch.Pages.Audit;
using ImageSearch.Pages.Languages;
using ImageSearch.Pages.Lists;
using ImageSearch.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace ImageSearch.Pages.Tests.Audit;

/// <summary>Reading what was done to keys and tables.</summary>
[Collection(PagesFixture.Collection)]
public sealed class AuditPageTests(PagesFixture pages, LockedService locked) : IClassFixture<LockedService>
{
    [BrowserTheory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task What_was_done_is_listed_newest_first(Screen screen)
    {
        var key = await locked.Api.Keys.CreateAsync(new NewApiKey("Shop", [KeyScope.Read], ["shop_*"]));
        await locked.Api.Keys.DeleteAsync(key.Id);
        await using var visit = await locked.LogInAsync(pages, screen, "audit", LockedService.Token);

        var rows = visit.Page.Locator("tbody tr").Filter(new() { HasText = key.Id });
        await Assertions.Expect(rows).ToContainTextAsync([visit.Say(AuditWords.Of("key.delete")), visit.Say(AuditWords.Of("key.create"))]);
        await Assertions.Expect(rows.First).ToContainTextAsync(visit.Say(AuditWords.Ok));
        await visit.IsAccessibleAsync();
        await visit.FitsAsync();
        await visit.ShowAsync("audit");
    }

    [BrowserFact]
    public async Task Older_entries_are_on_the_next_page()
    {
        var oldest = await locked.Api.Keys.CreateAsync(new NewApiKey("Shop", [KeyScope.Read], ["shop_*"]));
        for (var i = 0; i < AuditPage.PageSize; i++) await locked.Api.Keys.ChangeAsync(oldest.Id, new ApiKeyChanges { MaxTables = i });
        await using var visit = await locked.LogInAsync(pages, Screen.ChinesePhone, "audit", LockedService.Token);
        var created = visit.Page.Locator("tbody tr").Filter(new() { HasText = visit.Say(AuditWords.Of("key.create")) }).Filter(new() { HasText = oldest.Id });
        await visit.SeesTextAsync(ListWords.Number, 1);
        await Assertions.Expect(created).ToHaveCountAsync(0);

        await visit.Button(ListWords.Next).ClickAsync();

        await Assertions.Expect(created).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task A_service_without_TOKEN_says_why_it_records_nothing()
    {
        await using var visit = await pages.OpenAsync(Screen.Phone, "audit");

        await visit.SeesTextAsync(AuditWords.NoToken);
    }

    [BrowserFact]
    public async Task A_key_does_not_see_the_audit()
    {
        var key = await locked.Api.Keys.CreateAsync(new NewApiKey("Shop", [KeyScope.Read], ["shop_*"]));
        await using var visit = await locked.LogInAsync(pages, Screen.Desktop, "audit", key.Secret!);

        await visit.SeesTextAsync(AuditWords.NeedsToken);
        (await visit.Named(AriaRole.Link, CommonWords.Audit).CountAsync()).ShouldBe(0);
    }
}
