using ImageSearch.Client;
using ImageSearch.Client.Keys;
using ImageSearch.Client.Problems;
using ImageSearch.Pages.Items;
using ImageSearch.Pages.Keys;
using ImageSearch.Pages.Languages;
using ImageSearch.Pages.Tables;
using ImageSearch.Pages.Tables.Reembedding;
using ImageSearch.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace ImageSearch.Pages.Tests.Keys;

/// <summary>Keys of shops, and what the pages show to a shop.</summary>
[Collection(PagesFixture.Collection)]
public sealed class KeysPageTests(PagesFixture pages, LockedService locked) : IClassFixture<LockedService>
{
    [BrowserTheory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task A_key_is_created_rotated_disabled_and_deleted(Screen screen)
    {
        await using var visit = await LogInAsync(screen, "keys", LockedService.Token);
        await visit.Button(KeyWords.Create).ClickAsync();
        await Assertions.Expect(visit.Labelled(KeyWords.Name)).ToBeFocusedAsync();
        await visit.Labelled(KeyWords.Name).FillAsync(Catalogue.Hostile);
        await visit.Labelled(KeyWords.Tables).FillAsync("shop1_*");
        await visit.Labelled(KeyWords.Rate).FillAsync("20");
        await visit.IsAccessibleAsync();
        await visit.FitsAsync();
        await visit.ShowAsync("key-new");
        await visit.DialogButton(KeyWords.Create).ClickAsync();

        var secret = await SecretAsync(visit);
        await visit.IsAccessibleAsync();
        await visit.DialogButton(CommonWords.Close).ClickAsync();
        (await locked.ClientOf(secret).Keys.GetSelfAsync()).Scopes.ShouldBe([KeyScope.Read]);

        await visit.Named(AriaRole.Button, KeyWords.RotateOf, Catalogue.Hostile).ClickAsync();
        await visit.DialogOpensAsync();
        await visit.Labelled(KeyWords.Grace).SelectOptionAsync("1");
        await visit.DialogButton(KeyWords.Rotate).ClickAsync();
        (await SecretAsync(visit)).ShouldNotBe(secret);
        await visit.DialogButton(CommonWords.Close).ClickAsync();
        await visit.Page.Locator(".secret").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await visit.Named(AriaRole.Button, KeyWords.DisableOf, Catalogue.Hostile).ClickAsync();
        await visit.SeesTextAsync(KeyWords.Disabled);
        await visit.IsAccessibleAsync();
        await visit.FitsAsync();
        await visit.ShowAsync("keys");
        await visit.Named(AriaRole.Button, KeyWords.DeleteOf, Catalogue.Hostile).ClickAsync();
        await visit.DialogButton(CommonWords.Delete).ClickAsync();
        await visit.Named(AriaRole.Button, KeyWords.DeleteOf, Catalogue.Hostile).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await Should.ThrowAsync<ProblemException>(() => locked.ClientOf(secret).Keys.GetSelfAsync())).Code.ShouldBe(ProblemCode.TokenInvalid);
    }

    [BrowserTheory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task What_a_key_may_do_and_its_limits_are_changed(Screen screen)
    {
        var name = Catalogue.NewName();
        var key = await locked.Api.Keys.CreateAsync(new NewApiKey(name, [KeyScope.Read], ["shop2_*"]) { CallsPerSecond = 5, MaxRows = 700, MaxTables = 3 });
        await using var visit = await LogInAsync(screen, "keys", LockedService.Token);

        await visit.Named(AriaRole.Button, KeyWords.EditOf, name).ClickAsync();
        await visit.DialogOpensAsync();
        await Assertions.Expect(visit.Labelled(KeyWords.Rate)).ToHaveValueAsync("5");
        await visit.Labelled(KeyWords.Rate).FillAsync("50");
        await visit.Labelled(KeyWords.MaxRows).FillAsync("");
        await visit.Labelled(KeyWords.Write).CheckAsync();
        await visit.Labelled(KeyWords.Expires).FillAsync("2040-01-02T08:00");
        await visit.IsAccessibleAsync();
        await visit.FitsAsync();
        await visit.ShowAsync("key-changed");
        await visit.DialogButton(CommonWords.Save).ClickAsync();

        await visit.SeesTextAsync(KeyWords.Saved, name);
        var changed = await locked.Api.Keys.GetAsync(key.Id);
        (changed.CallsPerSecond, changed.MaxRows, changed.MaxTables).ShouldBe((50, null, 3));
        (changed.Expires, changed.Scopes.Count).ShouldBe((new DateTimeOffset(2040, 1, 2, 0, 0, 0, TimeSpan.Zero), 2));
    }

    [BrowserFact]
    public async Task A_key_that_may_read_sees_no_button_that_changes_something()
    {
        await Catalogue.NewTableAsync(locked.Api, "shop1_food");
        var key = await locked.Api.Keys.CreateAsync(new NewApiKey("Shop 1", [KeyScope.Read], ["shop1_*"]));
        await using var visit = await LogInAsync(Screen.Phone, "tables", key.Secret!);

        await visit.Named(AriaRole.Link, TableWords.ItemsOf, "shop1_food").WaitForAsync();
        await Absent(visit.Button(TableWords.Create));
        await Absent(visit.Named(AriaRole.Link, TableWords.AddTo, "shop1_food"));

        await visit.Page.GotoAsync("tables/shop1_food");
        await visit.SeesTextAsync(TableWords.Ready);
        foreach (var change in (Text[])[TableWords.Settings, TableWords.Drop, ReembedWords.Begin]) await Absent(visit.Button(change));

        await visit.Page.GotoAsync("items?table=shop1_food");
        await visit.Named(AriaRole.Button, ItemWords.Open, "pizza").ClickAsync();
        await Assertions.Expect(visit.Labelled(ItemWords.Tags)).Not.ToBeEditableAsync();
        foreach (var change in (Text[])[CommonWords.Save, CommonWords.Delete]) await Absent(visit.Button(change));
        await Absent(visit.Page.Locator("input[type=file], input[type=checkbox].item-check"));

        await visit.Page.GotoAsync("keys");
        await visit.SeesTextAsync(KeyWords.NeedsToken);
    }

    [BrowserTheory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task A_service_without_TOKEN_says_why_it_has_no_keys(Screen screen)
    {
        await using var visit = await pages.OpenAsync(screen, "keys");

        await visit.SeesTextAsync(KeyWords.NoToken);
        await visit.IsAccessibleAsync();
        await visit.FitsAsync();
    }

    private static async Task Absent(ILocator locator) => (await locator.CountAsync()).ShouldBe(0);

    private static async Task<string> SecretAsync(Visit visit)
    {
        var secret = visit.Page.Locator(".secret");
        await secret.WaitForAsync();
        return (await secret.TextContentAsync())!;
    }

    private Task<Visit> LogInAsync(Screen screen, string page, string secret) => locked.LogInAsync(pages, screen, page, secret);
}
