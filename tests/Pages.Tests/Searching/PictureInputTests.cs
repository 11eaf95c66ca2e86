using System.Text.RegularExpressions;
using ImageSearch.Pages.Searching.Inputs;
using ImageSearch.Pages.Tests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace ImageSearch.Pages.Tests.Searching;

/// <summary>The ways in which a picture comes to the page, and the part of it that is searched by.</summary>
[Collection(PagesFixture.Collection)]
public sealed class PictureInputTests(PagesFixture pages)
{
    [BrowserTheory]
    [InlineData("paste", "clipboardData")]
    [InlineData("drop", "dataTransfer")]
    public async Task A_picture_is_pasted_or_dropped_anywhere_on_the_page(string type, string property)
    {
        var table = await SampleShop.CreateAsync(pages);
        await using var visit = await pages.OpenAsync(Screen.Desktop, $"?table={table}");
        await visit.ListensAsync(".picker");

        var picture = Convert.ToBase64String(await File.ReadAllBytesAsync(SampleShop.FileOf("hamburger.jpg")));
        await visit.Page.EvaluateAsync(
            """
            ([type, property, picture]) => {
              const files = new DataTransfer();
              files.items.add(new File([Uint8Array.from(atob(picture), c => c.charCodeAt(0))], 'a.jpg', { type: 'image/jpeg' }));
              const event = new Event(type, { bubbles: true, cancelable: true });
              Object.defineProperty(event, property, { value: files });
              document.body.dispatchEvent(event);
            }
            """,
            new[] { type, property, picture });

        await visit.FindsAsync("hamburger", "pizza", "strawberry");
    }

    [BrowserFact]
    public async Task A_part_of_the_picture_is_drawn_with_the_pointer()
    {
        await using var visit = await OpenSceneAsync(Screen.Desktop);
        await visit.Page.Locator(".region-target").ScrollIntoViewIfNeededAsync();
        var frame = (await visit.Page.Locator(".region-target").BoundingBoxAsync())!;

        await visit.Page.Mouse.MoveAsync(frame.X + (frame.Width / 4), frame.Y + (frame.Height / 4));
        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(frame.X + (frame.Width / 2), frame.Y + (frame.Height / 2));
        await visit.Page.Mouse.UpAsync();

        await visit.Button(InputWords.Clear).WaitForAsync();
        await visit.Page.GetByText(visit.Say(InputWords.RegionNumbers)).ClickAsync();
        await Expect(visit.Field(InputWords.Left)).ToHaveValueAsync(new Regex("^2(4\\.[5-9]|5)"));
        await Expect(visit.Field(InputWords.Bottom)).ToHaveValueAsync(new Regex("^(49\\.[5-9]|50)"));
        await visit.IsAccessibleAsync();
        await visit.Button(InputWords.Clear).ClickAsync();
        await Expect(visit.Page.Locator(".region-box")).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task A_part_of_the_picture_is_moved_and_resized_with_keys()
    {
        await using var visit = await OpenSceneAsync(Screen.Phone);
        await visit.Page.GetByText(visit.Say(InputWords.RegionNumbers)).ClickAsync();
        var target = visit.Page.Locator(".region-target");

        await target.PressAsync("ArrowRight");
        await HasBoxAsync(visit, "27", "25", "77", "75");
        await target.PressAsync("Shift+ArrowUp");
        await HasBoxAsync(visit, "27", "25", "77", "73");
        await target.PressAsync("Delete");
        await HasBoxAsync(visit, "0", "0", "100", "100");
        await visit.FitsAsync();
    }

    [BrowserFact]
    public async Task The_main_object_is_shown_searched_by_and_switched_off()
    {
        await using var visit = await OpenSceneAsync(Screen.Desktop);
        await Expect(visit.Page.Locator(".main-object")).ToBeVisibleAsync();

        await visit.Button(InputWords.UseMainObject).ClickAsync();
        await Expect(visit.Page.Locator(".region-box")).ToBeVisibleAsync();
        await visit.FindsAsync("strawberry", "hamburger", "pizza");

        await visit.Field(InputWords.DetectMainObject).UncheckAsync();
        await Expect(visit.Page.Locator(".main-object")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task A_picture_is_fetched_from_its_URL()
    {
        await using var service = await ServiceProcess.StartAsync(new Dictionary<string, string> { ["FETCH_ALLOW"] = pages.Service.Address.Authority });
        await using var visit = await pages.OpenAsync(Screen.Desktop, "", service);
        await visit.Button(Pages.Welcome.WelcomeWords.Create).ClickAsync();
        await visit.FindsAsync("strawberry-1", "hamburger-1", "pizza-1");

        await visit.Page.Locator("summary").GetByText(visit.Say(InputWords.Url)).ClickAsync();
        await EnterUrlAsync(visit, new Uri(pages.Service.Address, "/ui/samples/pizza.webp").ToString());

        await Expect(visit.Page.Locator(".hit-name").First).ToHaveTextAsync("pizza-1");
        await visit.IsAccessibleAsync();
    }

    [BrowserFact]
    public async Task Why_a_URL_is_not_fetched_is_said()
    {
        var table = await SampleShop.CreateAsync(pages);
        await using var visit = await pages.OpenAsync(Screen.Desktop, $"?table={table}");
        await EnterUrlAsync(visit, "ftp://shop.example/a.jpg");
        await visit.Page.GetByText(visit.Say(InputWords.NotAUrl)).WaitForAsync();
        await EnterUrlAsync(visit, "http://127.0.0.1/a.jpg");
        await Expect(visit.Page.Locator(".mud-snackbar")).ToContainTextAsync("FETCH_ALLOW");
    }

    private async Task<Visit> OpenSceneAsync(Screen screen)
    {
        var table = await SampleShop.CreateAsync(pages);
        var visit = await pages.OpenAsync(screen, $"?table={table}");
        await visit.ChooseAsync("strawberry-in-a-scene.jpg");
        await visit.FindsAsync("strawberry", "hamburger", "pizza");
        await visit.ListensAsync(".region-target");
        return visit;
    }

    private static async Task EnterUrlAsync(Visit visit, string url)
    {
        await visit.Field(InputWords.Url).FillAsync(url);
        await visit.Field(InputWords.Url).PressAsync("Enter");
    }

    private static async Task HasBoxAsync(Visit visit, params string[] edges)
    {
        foreach (var (edge, value) in new[] { InputWords.Left, InputWords.Top, InputWords.Right, InputWords.Bottom }.Zip(edges))
            await Expect(visit.Field(edge)).ToHaveValueAsync(value);
    }
}
