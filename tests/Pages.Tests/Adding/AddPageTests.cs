using System.Text;
using ImageSearch.Client.Items;
using ImageSearch.Client.Tables;
using ImageSearch.Pages.Adding;
using ImageSearch.Pages.Languages;
using ImageSearch.Pages.Searching;
using ImageSearch.Pages.Tables;
using ImageSearch.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace ImageSearch.Pages.Tests.Adding;

/// <summary>Adding files from the browser.</summary>
[Collection(PagesFixture.Collection)]
public sealed class AddPageTests(PagesFixture pages)
{
    private static readonly byte[] Picture = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "samples", "strawberry.jpg"));

    [BrowserTheory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task Files_are_added_under_their_names_and_errors_are_listed_by_file(Screen screen)
    {
        var table = await NewTableAsync($"add_{screen.Width}_{screen.Language}");
        await using var visit = await OpenAsync(screen, table);
        await visit.Button(AddingWords.ChooseFiles).WaitForAsync();
        await visit.IsAccessibleAsync();
        await visit.FitsAsync();

        await ChooseAsync(visit, [.. Files(58), Payload("broken.jpg", Picture[..900]), Payload("=cmd.jpg", "no picture"u8.ToArray())]);
        visit.Expect("HTTP 400");
        visit.Expect("status of 400");
        await visit.Button(AddingWords.Start).ClickAsync();
        await visit.Page.GetByText(visit.Say(AddingWords.Ended)).WaitForAsync();

        await visit.Page.GetByText(visit.Say(AddingWords.Counts, 60, 60), new() { Exact = true }).WaitForAsync();
        await visit.Page.GetByText(visit.Say(AddingWords.Failed, 2), new() { Exact = true }).WaitForAsync();
        (await KeysAsync(table)).ShouldBe(Files(58).Select(file => file.Name), ignoreOrder: true);
        await visit.Page.GetByRole(AriaRole.Cell, new() { Name = "broken.jpg" }).WaitForAsync();
        (await ErrorsAsync(visit)).ShouldContain("\"'=cmd.jpg\",\"'=cmd.jpg\",\"picture_type_unknown\"");
        await visit.IsAccessibleAsync();
        await visit.FitsAsync();
        await visit.ShowAsync("add");
    }

    [BrowserFact]
    public async Task A_table_is_created_filled_and_searched_from_this_page()
    {
        var table = Catalogue.NewName();
        await using var visit = await pages.OpenAsync(Screen.Phone, "add");
        await visit.Button(TableWords.Create).ClickAsync();
        await visit.DialogOpensAsync();
        await visit.Labelled(TableWords.Name).FillAsync(table);
        await visit.DialogButton(TableWords.Create).ClickAsync();
        await ChooseAsync(visit, [.. Files(1)]);
        await visit.Button(AddingWords.Start).ClickAsync();

        await visit.Named(AriaRole.Link, AddingWords.SearchTable).ClickAsync();

        await visit.SeesAsync(SearchWords.Title);
        visit.Page.Url.ShouldEndWith($"?table={table}");
    }

    [BrowserFact]
    public async Task An_upload_pauses_and_goes_on()
    {
        var table = await NewTableAsync("add_paused");
        await using var visit = await OpenAsync(Screen.Desktop, table);
        var held = new Gate();
        await held.HoldAsync(visit.Page, after: 5);
        await ChooseAsync(visit, [.. Files(20)]);

        await visit.Button(AddingWords.Start).ClickAsync();
        await held.Reached;
        await visit.Button(AddingWords.Pause).ClickAsync();
        await visit.Page.GetByText(visit.Say(AddingWords.Paused)).WaitForAsync();
        held.Open();
        // What was under way ends, and no more is sent.
        await visit.Page.GetByText(visit.Say(AddingWords.Counts, 9, 20), new() { Exact = true }).WaitForAsync();
        (await KeysAsync(table)).Count.ShouldBe(9);

        await visit.Button(AddingWords.GoOn).ClickAsync();
        await visit.Page.GetByText(visit.Say(AddingWords.Ended)).WaitForAsync();
        (await KeysAsync(table)).Count.ShouldBe(20);
    }

    [BrowserFact]
    public async Task A_busy_service_and_a_broken_connection_lose_no_file()
    {
        var table = await NewTableAsync("add_busy");
        await using var visit = await OpenAsync(Screen.Desktop, table);
        var calls = 0;
        await visit.Page.RouteAsync("**/v1/tables/*/items/**", route => Interlocked.Increment(ref calls) switch
        {
            1 => route.FulfillAsync(new() { Status = 503, Headers = new Dictionary<string, string> { ["Retry-After"] = "1" }, Body = "{}" }),
            2 => route.FulfillAsync(new() { Status = 429, Headers = new Dictionary<string, string> { ["Retry-After"] = "1" }, Body = "{}" }),
            3 => route.AbortAsync("connectionreset"),
            _ => route.ContinueAsync(),
        });
        foreach (var expected in (string[])["HTTP 503", "HTTP 429", "status of 503", "status of 429", "ERR_CONNECTION_RESET"]) visit.Expect(expected);
        await ChooseAsync(visit, [.. Files(6)]);

        await visit.Button(AddingWords.Start).ClickAsync();

        await visit.Page.GetByText(visit.Say(AddingWords.Ended)).WaitForAsync();
        (await KeysAsync(table)).Count.ShouldBe(6);
        calls.ShouldBe(9);
    }

    [BrowserFact]
    public async Task A_folder_is_added_under_its_paths_without_files_of_the_system()
    {
        var table = await NewTableAsync("add_folder");
        var folder = Directory.CreateTempSubdirectory("imagesearch-add-");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "red"));
        foreach (var file in (string[])["a.jpg", "red/a.jpg", "red/Thumbs.db", ".hidden.jpg", "notes.txt"])
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, file), Picture);
        await using var visit = await OpenAsync(Screen.Desktop, table);

        await visit.Page.Locator("input[webkitdirectory]").SetInputFilesAsync(folder.FullName);
        await visit.Page.GetByText(visit.Say(AddingWords.Chosen, 2)).WaitForAsync();
        await visit.Page.GetByLabel(visit.Say(AddingWords.Key)).First.SelectOptionAsync("path");
        await visit.Button(AddingWords.Start).ClickAsync();
        await visit.Page.GetByText(visit.Say(AddingWords.Ended)).WaitForAsync();

        (await KeysAsync(table)).ShouldBe([$"{folder.Name}/a.jpg", $"{folder.Name}/red/a.jpg"], ignoreOrder: true);
        folder.Delete(recursive: true);
    }

    [BrowserFact]
    public async Task Dropped_files_are_added_and_the_second_one_with_a_key_is_an_error()
    {
        var table = await NewTableAsync("add_dropped");
        await using var visit = await OpenAsync(Screen.Desktop, table);
        await visit.Page.GetByLabel(visit.Say(AddingWords.Key)).First.SelectOptionAsync("stem");
        await visit.ListensAsync(".drop");

        await visit.Page.EvaluateAsync(
            """
            base64 => {
              const transfer = new DataTransfer();
              const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
              for (const name of ["shoe.jpg", "shoe.jpeg"]) transfer.items.add(new File([bytes], name));
              document.querySelector(".drop").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
            }
            """,
            Convert.ToBase64String(Picture));
        await visit.Page.GetByText(visit.Say(AddingWords.Chosen, 2)).WaitForAsync();
        await visit.Button(AddingWords.Start).ClickAsync();

        await visit.Page.GetByRole(AriaRole.Cell, new() { Name = visit.Say(AddingWords.SameKey) }).WaitForAsync();
        (await KeysAsync(table)).ShouldBe(["shoe"]);
    }

    [BrowserFact]
    public async Task Leaving_the_page_during_an_upload_asks_first()
    {
        var table = await NewTableAsync("add_left");
        await using var visit = await OpenAsync(Screen.Desktop, table);
        var held = new Gate();
        await held.HoldAsync(visit.Page, after: 0);
        await ChooseAsync(visit, [.. Files(6)]);
        await visit.Button(AddingWords.Start).ClickAsync();
        await held.Reached;
        await visit.Button(AddingWords.Pause).WaitForAsync();

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = visit.Say(CommonWords.Tables), Exact = true }).ClickAsync();
        await visit.Button(AddingWords.Stay).ClickAsync();
        await visit.SeesAsync(CommonWords.Add);
        (await AsksBeforeUnloadAsync(visit)).ShouldBeTrue();

        held.Open();
        await visit.Page.GetByText(visit.Say(AddingWords.Ended)).WaitForAsync();
        (await AsksBeforeUnloadAsync(visit)).ShouldBeFalse();
        (await KeysAsync(table)).Count.ShouldBe(6);
    }

    // Whether the browser would ask before it closes the page.
    private static Task<bool> AsksBeforeUnloadAsync(Visit visit) =>
        visit.Page.EvaluateAsync<bool>("""() => !window.dispatchEvent(new Event("beforeunload", { cancelable: true }))""");

    private static FilePayload Payload(string name, byte[] bytes) => new() { Name = name, MimeType = "image/jpeg", Buffer = bytes };

    private static IEnumerable<FilePayload> Files(int count) => Enumerable.Range(1, count).Select(i => Payload($"picture {i}.jpg", Picture));

    private static async Task ChooseAsync(Visit visit, FilePayload[] files)
    {
        await visit.Page.Locator("input[type=file][multiple]").SetInputFilesAsync(files);
        await visit.Page.GetByText(visit.Say(AddingWords.Chosen, files.Length)).WaitForAsync();
    }

    private static async Task<string> ErrorsAsync(Visit visit)
    {
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Button(AddingWords.SaveErrors).ClickAsync());
        using var reader = new StreamReader(await download.CreateReadStreamAsync(), Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    private Task<Visit> OpenAsync(Screen screen, string table) => pages.OpenAsync(screen, $"add?table={table}");

    private async Task<string> NewTableAsync(string name)
    {
        await pages.Api.Tables.CreateAsync(name, new TableSettings());
        return name;
    }

    private async Task<IReadOnlyList<string?>> KeysAsync(string table)
    {
        var keys = new List<string?>();
        await foreach (var item in pages.Api.Items(table).ListAsync(new ItemListQuery())) keys.Add(item.Key);
        return keys;
    }

    /// <summary>Holds the calls of an upload after the first ones.</summary>
    private sealed class Gate
    {
        private readonly TaskCompletionSource _reached = new();
        private readonly TaskCompletionSource _open = new();
        private int _calls;

        /// <summary>As many calls wait as an upload makes at a time.</summary>
        public Task Reached => _reached.Task;

        public void Open() => _open.SetResult();

        public Task<IAsyncDisposable> HoldAsync(IPage page, int after) => page.RouteAsync(
            "**/v1/tables/*/items/**",
            async route =>
            {
                var call = Interlocked.Increment(ref _calls);
                if (call == after + 4) _reached.TrySetResult();
                if (call > after) await _open.Task;
                await route.ContinueAsync();
            });
    }
}
