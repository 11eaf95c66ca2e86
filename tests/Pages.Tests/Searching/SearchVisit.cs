using ImageSearch.Pages.Languages;
using ImageSearch.Pages.Searching;
using ImageSearch.Pages.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ImageSearch.Pages.Tests.Searching;

/// <summary>What a person does and sees on the search page.</summary>
internal static class SearchVisit
{
    private const string Input = "#search-picture";
    private const string Picker = ".picker";

    public static Task ChooseAsync(this Visit visit, string sample) => visit.ChooseFileAsync(SampleShop.FileOf(sample));

    public static async Task ChooseFileAsync(this Visit visit, string path)
    {
        await visit.ListensAsync(Picker);
        await visit.Page.SetInputFilesAsync(Input, path);
    }

    public static async Task ChooseAsync(this Visit visit, string name, string type, byte[] bytes)
    {
        await visit.ListensAsync(Picker);
        await visit.Page.SetInputFilesAsync(Input, new FilePayload { Name = name, MimeType = type, Buffer = bytes });
    }

    /// <summary>Waits until these are the hits, best first.</summary>
    public static Task FindsAsync(this Visit visit, params string[] keys) => Expect(visit.Page.Locator(".hit-name")).ToHaveTextAsync(keys);

    public static ILocator Hit(this Visit visit, string key) =>
        visit.Page.GetByRole(AriaRole.Listitem).Filter(new() { Has = visit.Page.GetByRole(AriaRole.Heading, new() { Name = key, Exact = true }) });

    public static ILocator Button(this Visit visit, Text name, string key) =>
        visit.Page.GetByRole(AriaRole.Button, new() { Name = visit.Say(name, key), Exact = true });

    public static Task OpenOptionsAsync(this Visit visit) => visit.Page.GetByText(visit.Say(SearchWords.Options), new() { Exact = true }).ClickAsync();

    /// <summary>Enters a value as a person does who then leaves the field.</summary>
    public static async Task EnterAsync(this Visit visit, Text label, string value)
    {
        await visit.Field(label).FillAsync(value);
        await visit.Field(label).PressAsync("Tab");
    }
}
