using System.Diagnostics;
using ImageSearch.Client.Items;
using ImageSearch.Client.Tables;
using ImageSearch.Pages.Adding;
using ImageSearch.Pages.Tests.Browsing;
using Xunit.Abstractions;

namespace ImageSearch.Pages.Tests.Adding;

/// <summary>
/// Measures an upload of 2,000 pictures: how long it takes, and how long the page takes to react while it runs. It runs if PAGES_UPLOAD names a
/// folder of pictures, whose files are sent again under other names until there are enough.
/// </summary>
[Collection(PagesFixture.Collection)]
public sealed class LargeUploadTests(PagesFixture pages, ITestOutputHelper output)
{
    private const int Count = 2000;
    private const string Table = "large_upload";

    // Clicks and waits for the effect in the browser, so that the driver's own time is not measured.
    private const string React =
        """
        async ([selector, attribute]) => {
          const element = document.querySelector(selector);
          const before = element.getAttribute(attribute);
          const began = performance.now();
          element.click();
          while (element.getAttribute(attribute) === before) await new Promise(requestAnimationFrame);
          return performance.now() - began;
        }
        """;

    private const string CountChanges =
        """
        () => {
          window.changes = 0;
          let last = "";
          new MutationObserver(() => {
            const text = document.querySelector(".counts strong")?.textContent ?? "";
            if (text !== last) window.changes++;
            last = text;
          }).observe(document.body, { subtree: true, childList: true, characterData: true });
        }
        """;

    private static readonly string[] Menu = ["header button[aria-expanded]", "aria-expanded"];
    private static readonly string[] OtherTab = ["[role=tab]:not([aria-selected=true])", "aria-selected"];

    private static string? Folder => Environment.GetEnvironmentVariable("PAGES_UPLOAD");

    [BrowserFact]
    public async Task The_page_reacts_while_2000_pictures_are_added()
    {
        if (Folder is not { Length: > 0 } source) return;
        var folder = Copy(source);
        await pages.Api.Tables.CreateAsync(Table, new TableSettings());
        await using var visit = await pages.OpenAsync(Screen.Desktop, $"add?table={Table}");
        await visit.Page.Locator("input[webkitdirectory]").SetInputFilesAsync(folder.FullName);
        await visit.Page.GetByText(visit.Say(AddingWords.Chosen, "2,000")).WaitForAsync();
        await visit.Page.EvaluateAsync(CountChanges);

        var began = Stopwatch.GetTimestamp();
        await visit.Button(AddingWords.Start).ClickAsync();
        await visit.Button(AddingWords.Pause).WaitForAsync();
        var reactions = new List<double>();
        while (await visit.Page.GetByText(visit.Say(AddingWords.Ended)).CountAsync() == 0)
        {
            reactions.Add(await visit.Page.EvaluateAsync<double>(React, Menu));
            reactions.Add(await visit.Page.EvaluateAsync<double>(React, OtherTab));
            await Task.Delay(200);
        }

        var elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var changes = await visit.Page.EvaluateAsync<int>("window.changes");
        var counts = await visit.Page.Locator(".counts").First.TextContentAsync();
        reactions.Sort();
        output.WriteLine($"{Count} pictures in {elapsed:0.0} s, {Count / elapsed:0.0} a second, {changes} changes of the progress: {counts}");
        output.WriteLine(
            $"{reactions.Count} reactions: p50 {At(0.5):0} ms, p99 {At(0.99):0} ms, longest {reactions[^1]:0} ms, above 200 ms: {reactions.Count(time => time > 200)}");
        (await pages.Api.Tables.GetAsync(Table)).Rows.ShouldBe(Count);
        await SameAsByApiAsync(folder);
        folder.Delete(recursive: true);

        double At(double share) => reactions[(int)(share * (reactions.Count - 1))];
    }

    // A picture that a program puts has the same vector.
    private async Task SameAsByApiAsync(DirectoryInfo folder)
    {
        await pages.Api.Tables.CreateAsync($"{Table}_api", new TableSettings());
        var (byPage, byApi) = (pages.Api.Items(Table), pages.Api.Items($"{Table}_api"));
        foreach (var file in folder.GetFiles().Take(40))
        {
            await byApi.PutAsync(file.Name, new NewItem(Picture.FromFile(file.FullName)));
            var (one, other) = (await byPage.GetAsync(file.Name, withVector: true), await byApi.GetAsync(file.Name, withVector: true));
            one.Vector!.Value.ToArray().ShouldBe(other.Vector!.Value.ToArray());
        }
    }

    private static DirectoryInfo Copy(string source)
    {
        var folder = Directory.CreateTempSubdirectory("imagesearch-upload-");
        var files = Directory.GetFiles(source).Order(StringComparer.Ordinal).ToList();
        for (var i = 0; i < Count; i++) File.Copy(files[i % files.Count], Path.Combine(folder.FullName, $"{i:0000}{Path.GetExtension(files[i % files.Count])}"));
        return folder;
    }
}
