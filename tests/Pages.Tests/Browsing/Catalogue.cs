using System.Text.RegularExpressions;
using ImageSearch.Client;
using ImageSearch.Client.Items;
using ImageSearch.Client.Tables;
using ImageSearch.Pages.Languages;
using Microsoft.Playwright;

namespace ImageSearch.Pages.Tests.Browsing;

/// <summary>Tables and items that tests look after, and where their pages show them.</summary>
internal static class Catalogue
{
    /// <summary>Text that must stay text.</summary>
    public const string Hostile = "<img src=x onerror=alert(1)>\"'&";

    public static string NewName() => $"t_{Guid.NewGuid():N}";

    public static NewItem Item(string file) => new(Picture.FromFile(Path.Combine(AppContext.BaseDirectory, "samples", file)));

    /// <summary>A table with a price, a strawberry, a hamburger and a pizza.</summary>
    public static async Task<string> NewTableAsync(ImageSearchClient api, string? name = null)
    {
        name ??= NewName();
        await api.Tables.CreateAsync(name, new TableSettings { Attributes = [AttributeDefinition.Of("price", AttributeType.Number)] });
        await PutAsync(api, name, "strawberry", Item("strawberry.jpg") with { Brief = "Red", Attributes = PriceOf(2) });
        await PutAsync(api, name, "hamburger", Item("hamburger.jpg") with { Tags = "sale", Attributes = PriceOf(9.5) });
        await PutAsync(api, name, "pizza", Item("pizza.webp") with { Attributes = PriceOf(12) });
        return name;
    }

    public static Task<Item> PutAsync(ImageSearchClient api, string table, string key, NewItem item) => api.Items(table).PutAsync(key, item);

    public static ILocator Dialog(this Visit visit) => visit.Page.GetByRole(AriaRole.Dialog);

    /// <summary>Waits until the last dialog that opened has the keyboard: before that it takes the focus from a field that is filled in.</summary>
    public static Task DialogOpensAsync(this Visit visit) => Assertions.Expect(visit.Dialog().Last.Locator(":focus")).ToBeAttachedAsync();

    public static ILocator DialogButton(this Visit visit, Text name) =>
        visit.Dialog().Last.GetByRole(AriaRole.Button, new() { Name = visit.Say(name), Exact = true });

    public static ILocator Named(this Visit visit, AriaRole role, Text name, params object?[] values) =>
        visit.Page.GetByRole(role, new() { Name = visit.Say(name, values), Exact = true });

    public static ILocator Labelled(this Visit visit, Text label, params object?[] values) =>
        visit.Page.GetByLabel(visit.Say(label, values), new() { Exact = true });

    /// <summary>Waits for a text. Its case counts: "Deleted: 2" is not what "… are deleted: 2" says.</summary>
    public static Task SeesTextAsync(this Visit visit, Text text, params object?[] values) =>
        visit.Page.GetByText(new Regex(Regex.Escape(visit.Say(text, values)))).First.WaitForAsync();

    private static Dictionary<string, AttributeValue> PriceOf(double price) => new() { ["price"] = price };
}
