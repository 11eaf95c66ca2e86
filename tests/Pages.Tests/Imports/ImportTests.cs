using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ImageSearch.Client;
using ImageSearch.Client.Imports;
using ImageSearch.Client.Tables;
using ImageSearch.Pages.Adding;
using ImageSearch.Pages.Imports;
using ImageSearch.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace ImageSearch.Pages.Tests.Imports;

/// <summary>Imports that begin in the browser, and their progress.</summary>
[Collection(PagesFixture.Collection)]
public sealed class ImportTests(PagesFixture pages)
{
    private static readonly string Picture =
        Convert.ToBase64String(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "samples", "strawberry.jpg")));

    [BrowserTheory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task A_list_is_imported_and_its_failures_are_downloaded(Screen screen)
    {
        var table = $"list_{screen.Width}_{screen.Language}";
        await pages.Api.Tables.CreateAsync(table, new TableSettings());
        await using var visit = await pages.OpenAsync(screen, $"add?table={table}");
        await visit.Page.GetByText(visit.Say(ImportWords.None)).WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Tab, new() { Name = visit.Say(AddingWords.List), Exact = true }).ClickAsync();

        var lines = Enumerable.Range(1, 12).Select(i => $$"""{"key":"{{i}}","image":"{{Picture}}"}""").Append("""{"key":"bad","image":"AAAA"}""");
        await ChooseAsync(visit, "list.ndjson", string.Join('\n', lines));
        await visit.IsAccessibleAsync();
        await visit.Button(AddingWords.SendList).ClickAsync();
        await visit.Page.GetByText(visit.Say(ImportWords.Of(ImportState.Finished)), new() { Exact = true }).WaitForAsync();

        await visit.Page.GetByText(visit.Say(ImportWords.Counts, 12, 13), new() { Exact = true }).WaitForAsync();
        (await pages.Api.Tables.GetAsync(table)).Rows.ShouldBe(12);
        var failure = (await DownloadAsync(visit)).RootElement;
        (failure.GetProperty("key").GetString(), failure.GetProperty("line").GetInt32()).ShouldBe(("bad", 13));
        await visit.IsAccessibleAsync();
        await visit.FitsAsync();
        await visit.ShowAsync("import");
    }

    [BrowserFact]
    public async Task A_list_that_is_refused_says_why()
    {
        await pages.Api.Tables.CreateAsync("list_refused", new TableSettings());
        await using var visit = await pages.OpenAsync(Screen.Desktop, "add?table=list_refused");
        await visit.Page.GetByRole(AriaRole.Tab, new() { Name = visit.Say(AddingWords.List), Exact = true }).ClickAsync();
        visit.Expect("400");

        await ChooseAsync(visit, "list.csv", "key,colour\n1,red\n");
        await visit.Button(AddingWords.SendList).ClickAsync();

        await visit.Page.GetByText("colour").WaitForAsync();
    }

    [BrowserFact]
    public async Task An_import_of_others_is_shown_and_can_be_cancelled()
    {
        // It accepts connections and never answers.
        using var shop = new TcpListener(IPAddress.Loopback, 0);
        shop.Start();
        await using var service = await ServiceProcess.StartAsync(new Dictionary<string, string> { ["FETCH_ALLOW"] = shop.LocalEndpoint.ToString()! });
        var api = new ImageSearchClient(service.Client);
        await api.Tables.CreateAsync("cancelled", new TableSettings());
        await api.Imports.SendAsync(
            "cancelled",
            Enumerable.Range(1, 50).Select(i => new ImportItem { Key = $"{i}", Picture = Client.Items.Picture.FromUrl($"http://{shop.LocalEndpoint}/{i}.jpg") })
                .ToAsyncEnumerable());
        await using var visit = await pages.OpenAsync(Screen.Desktop, "add?table=cancelled", service);

        await visit.Button(ImportWords.CancelOne).ClickAsync();

        await visit.Page.GetByText(visit.Say(ImportWords.Of(ImportState.Cancelled)), new() { Exact = true }).WaitForAsync();
    }

    [BrowserFact]
    public async Task A_folder_of_the_server_is_imported()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "samples");
        await using var service = await ServiceProcess.StartAsync(new Dictionary<string, string> { ["IMAGE_ROOTS"] = folder });
        await new ImageSearchClient(service.Client).Tables.CreateAsync("folders", new TableSettings());
        await using var visit = await pages.OpenAsync(Screen.Desktop, "add?table=folders", service);
        await visit.Page.GetByRole(AriaRole.Tab, new() { Name = visit.Say(AddingWords.Folder), Exact = true }).ClickAsync();

        await visit.Field(AddingWords.FolderPath).WaitForAsync();
        await visit.IsAccessibleAsync();

        await visit.Field(AddingWords.FolderPath).FillAsync(folder);
        await visit.Field(AddingWords.Pattern).FillAsync("*.jpg");
        await visit.Button(AddingWords.SendList).Last.ClickAsync();

        await visit.Page.GetByText(visit.Say(ImportWords.Of(ImportState.Finished)), new() { Exact = true }).WaitForAsync();
        var count = Directory.GetFiles(folder, "*.jpg").Length;
        await visit.Page.GetByText(visit.Say(ImportWords.Counts, count, count), new() { Exact = true }).WaitForAsync();
    }

    private static async Task ChooseAsync(Visit visit, string name, string text)
    {
        var file = new FilePayload { Name = name, MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes(text) };
        await visit.Page.Locator("input[accept*='.ndjson']").SetInputFilesAsync(file);
        await visit.Page.GetByText(name, new() { Exact = true }).WaitForAsync();
    }

    private static async Task<JsonDocument> DownloadAsync(Visit visit)
    {
        var link = visit.Page.GetByRole(AriaRole.Link, new() { Name = visit.Say(ImportWords.Failures), Exact = true });
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        await using var stream = await download.CreateReadStreamAsync();
        return await JsonDocument.ParseAsync(stream);
    }
}
