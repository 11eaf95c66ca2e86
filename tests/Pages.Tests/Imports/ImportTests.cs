using System.IO.Compression;
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
        await using var visit = await OpenListAsync(screen, table);
        await visit.Page.GetByText(visit.Say(ImportWords.None)).WaitForAsync();

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
    public async Task A_CSV_list_of_URLs_is_imported_in_the_charset_of_its_program()
    {
        await using var service = await ServiceProcess.StartAsync(new Dictionary<string, string> { ["FETCH_ALLOW"] = pages.Service.Address.Authority });
        var api = new ImageSearchClient(service.Client);
        await api.Tables.CreateAsync("csv");
        await using var visit = await OpenListAsync(Screen.ChinesePhone, "csv", service);
        var text = $"url,key,brief\n{new Uri(pages.Service.Address, "ui/samples/pizza.webp")},4711,比萨饼\n";

        await ChooseAsync(visit, "shop.csv", CodePagesEncodingProvider.Instance.GetEncoding("gbk")!.GetBytes(text));
        await visit.Page.GetByLabel(visit.Say(AddingWords.Charset)).SelectOptionAsync("gbk");
        await visit.IsAccessibleAsync();
        await visit.FitsAsync();
        await visit.Button(AddingWords.SendList).ClickAsync();

        await visit.Page.GetByText(visit.Say(ImportWords.Counts, 1, 1), new() { Exact = true }).WaitForAsync();
        (await api.Items("csv").GetAsync("4711")).Brief.ShouldBe("比萨饼");
    }

    [BrowserFact]
    public async Task A_ZIP_of_pictures_is_imported_under_their_names()
    {
        await pages.Api.Tables.CreateAsync("zip");
        await using var visit = await OpenListAsync(Screen.Desktop, "zip");
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            var samples = Path.Combine(AppContext.BaseDirectory, "samples");
            archive.CreateEntryFromFile(Path.Combine(samples, "strawberry.jpg"), "fruit/1.jpg");
            archive.CreateEntryFromFile(Path.Combine(samples, "pizza.webp"), "2.webp");
        }

        await ChooseAsync(visit, "shop.zip", zip.ToArray());
        await visit.Button(AddingWords.SendList).ClickAsync();

        await visit.Page.GetByText(visit.Say(ImportWords.Counts, 2, 2), new() { Exact = true }).WaitForAsync();
        (await pages.Api.Items("zip").GetAsync("fruit/1.jpg")).Id.ShouldNotBe((await pages.Api.Items("zip").GetAsync("2.webp")).Id);
    }

    [BrowserFact]
    public async Task A_list_that_is_refused_says_why()
    {
        await pages.Api.Tables.CreateAsync("list_refused", new TableSettings());
        await using var visit = await OpenListAsync(Screen.Desktop, "list_refused");
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

    private async Task<Visit> OpenListAsync(Screen screen, string table, ServiceProcess? service = null)
    {
        var visit = await pages.OpenAsync(screen, $"add?table={table}", service);
        await visit.Page.GetByRole(AriaRole.Tab, new() { Name = visit.Say(AddingWords.List), Exact = true }).ClickAsync();
        return visit;
    }

    private static Task ChooseAsync(Visit visit, string name, string text) => ChooseAsync(visit, name, Encoding.UTF8.GetBytes(text));

    private static async Task ChooseAsync(Visit visit, string name, byte[] bytes)
    {
        var file = new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = bytes };
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
