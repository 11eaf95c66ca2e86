using ImageSearch.Client.Tables;
using ImageSearch.Pages.Languages;
using ImageSearch.Pages.Tables;
using ImageSearch.Pages.Tables.Schema;
using ImageSearch.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace ImageSearch.Pages.Tests.Tables;

/// <summary>Looking after tables.</summary>
[Collection(PagesFixture.Collection)]
public sealed class TablesPageTests(PagesFixture pages)
{
    [BrowserTheory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task A_table_is_created_changed_and_dropped(Screen screen)
    {
        var name = Catalogue.NewName();
        await using var visit = await pages.OpenAsync(screen, "tables");
        await visit.SeesAsync(CommonWords.Tables);

        await visit.Button(TableWords.Create).ClickAsync();
        await visit.DialogOpensAsync();
        await visit.Labelled(TableWords.Name).FillAsync(name);
        await visit.Button(SchemaWords.Add).ClickAsync();
        await visit.Labelled(SchemaWords.Name, 1).FillAsync("price");
        await visit.Labelled(SchemaWords.Type, 1).SelectOptionAsync("1");
        await visit.IsAccessibleAsync();
        await visit.FitsAsync();
        await visit.ShowAsync("table-new");
        await visit.DialogButton(TableWords.Create).ClickAsync();

        await SeesTableAsync(visit, name);
        await visit.IsAccessibleAsync();
        await visit.FitsAsync();
        await visit.ShowAsync("table");
        await visit.Button(TableWords.Settings).ClickAsync();
        await visit.DialogOpensAsync();
        await visit.Labelled(TableWords.OnExistingKey).SelectOptionAsync("2");
        await visit.DialogButton(CommonWords.Save).ClickAsync();
        await visit.SeesTextAsync(TableWords.Saved);
        var table = await pages.Api.Tables.GetAsync(name);
        table.OnExistingKey.ShouldBe(KeyRule.Fail);
        table.Attributes.ShouldBe([AttributeDefinition.Of("price", AttributeType.Number)]);

        await visit.Button(TableWords.Drop).ClickAsync();
        await visit.DialogOpensAsync();
        await visit.Labelled(TableWords.DropConfirm).FillAsync(name);
        await visit.DialogButton(TableWords.Drop).ClickAsync();
        await visit.SeesAsync(CommonWords.Tables);
        (await pages.Api.Tables.DeleteAsync(name)).ShouldBeFalse();
    }

    [BrowserTheory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task A_table_is_found_by_a_part_of_its_name(Screen screen)
    {
        var name = await Catalogue.NewTableAsync(pages.Api);
        await using var visit = await pages.OpenAsync(screen, "tables");

        await visit.Labelled(TableWords.FindName).FillAsync(name[5..20].ToUpperInvariant());

        var row = visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = name });
        await row.WaitForAsync();
        await visit.Page.Locator("tbody tr").And(row).First.WaitForAsync();
        await visit.IsAccessibleAsync();
        await visit.FitsAsync();
        await visit.ShowAsync("tables");
        await visit.Named(AriaRole.Link, TableWords.ItemsOf, name).ClickAsync();
        await visit.SeesAsync(CommonWords.Items);
        visit.Page.Url.ShouldEndWith($"items?table={name}");
    }

    [BrowserFact]
    public async Task Settings_that_someone_else_changed_are_shown_before_they_are_changed_again()
    {
        var name = Catalogue.NewName();
        await pages.Api.Tables.CreateAsync(name);
        await using var visit = await pages.OpenAsync(Screen.Desktop, $"tables/{name}");
        await visit.Button(TableWords.Settings).ClickAsync();
        await visit.DialogOpensAsync();
        await visit.Labelled(TableWords.OnExistingKey).SelectOptionAsync("1");

        await pages.Api.Tables.ChangeAsync(name, new TableChanges { MaxRows = 500 });
        await visit.DialogButton(CommonWords.Save).ClickAsync();
        await visit.SeesTextAsync(TableWords.Conflict);
        (await visit.Labelled(TableWords.MaxRows).InputValueAsync()).ShouldBe("500");
        await visit.Labelled(TableWords.OnExistingKey).SelectOptionAsync("1");
        await visit.DialogButton(CommonWords.Save).ClickAsync();
        await visit.SeesTextAsync(TableWords.Saved);

        var table = await pages.Api.Tables.GetAsync(name);
        (table.OnExistingKey, table.MaxRows).ShouldBe((KeyRule.Skip, 500));
    }

    [BrowserFact]
    public async Task A_table_that_is_not_there_is_said_to_be_missing()
    {
        await using var visit = await pages.OpenAsync(Screen.Desktop, "tables/nowhere");

        await visit.SeesTextAsync(TableWords.NotFound, "nowhere");
    }

    private static Task SeesTableAsync(Visit visit, string name) =>
        visit.Page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 }).WaitForAsync();
}
