using System.Text;
using ImageSearch.Client.Items;
using ImageSearch.Pages.Tests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace ImageSearch.Pages.Tests.Searching;

/// <summary>File names, metadata and texts of items are shown as text, and never run.</summary>
[Collection(PagesFixture.Collection)]
public sealed class HostileTextTests(PagesFixture pages)
{
    private const string Script = "<img src=x onerror=alert(1)>";

    [BrowserFact]
    public async Task A_file_name_and_metadata_are_text()
    {
        var table = await SampleShop.CreateAsync(pages);
        await using var visit = await pages.OpenAsync(Screen.Desktop, $"?table={table}");
        var runs = Watch(visit);

        await visit.ChooseAsync($"{Script}.jpg", "image/jpeg", WithMetadata(await File.ReadAllBytesAsync(SampleShop.FileOf("strawberry.jpg"))));

        await visit.FindsAsync("strawberry", "hamburger", "pizza");
        await Expect(visit.Page.Locator(".picture-name")).ToHaveTextAsync($"{Script}.jpg");
        await IsTextAsync(visit, runs);
    }

    [BrowserFact]
    public async Task Texts_of_a_hit_are_text()
    {
        var table = await SampleShop.CreateAsync(pages);
        await pages.Api.Items(table).PutAsync(
            $"{Script}",
            new NewItem(Picture.FromFile(SampleShop.FileOf("strawberry.jpg")))
            {
                Tags = Script,
                Brief = $"<script>alert(1)</script>{Script}",
                ProductId = $"\"'{Script}",
                Attributes = new Dictionary<string, AttributeValue> { ["brand"] = $"</dd>{Script}" },
            });
        await using var visit = await pages.OpenAsync(Screen.Desktop, $"?table={table}");
        var runs = Watch(visit);

        await visit.ChooseAsync("hamburger.jpg");

        await Expect(visit.Hit(Script)).ToContainTextAsync(Script);
        await Expect(visit.Hit(Script).Locator(".hit-brief")).ToHaveTextAsync($"<script>alert(1)</script>{Script}");
        await visit.Button(Pages.Searching.SearchWords.LikeItem, Script).ClickAsync();
        await Expect(visit.Page.Locator(".example")).ToContainTextAsync(Script);
        await IsTextAsync(visit, runs);
    }

    private static List<string> Watch(Visit visit)
    {
        List<string> runs = [];
        visit.Page.Dialog += (_, dialog) =>
        {
            runs.Add(dialog.Message);
            _ = dialog.DismissAsync();
        };
        return runs;
    }

    private static async Task IsTextAsync(Visit visit, List<string> runs)
    {
        await Expect(visit.Page.Locator("img[src='x']")).ToHaveCountAsync(0);
        runs.ShouldBeEmpty();
    }

    /// <summary>A JPEG with the script as its EXIF description and as its comment.</summary>
    private static byte[] WithMetadata(byte[] jpeg)
    {
        var text = Encoding.ASCII.GetBytes(Script + "\0");
        // A TIFF header and one directory with one entry: tag 0x010E, type ASCII, the length of the text and where it is.
        byte[] exif =
        [
            .. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0, 0x0E, 0x01, 2, 0, (byte)text.Length, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0, .. text,
        ];
        return [.. jpeg[..2], .. Segment(0xE1, exif), .. Segment(0xFE, text), .. jpeg[2..]];
    }

    private static byte[] Segment(byte marker, byte[] content)
    {
        var length = content.Length + 2;
        return [0xFF, marker, (byte)(length >> 8), (byte)length, .. content];
    }
}
