using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using ImageSearch.Pages.Languages;
using Microsoft.Playwright;

namespace ImageSearch.Pages.Tests.Browsing;

/// <summary>
/// A person's visit of the pages. It fails at its end if the browser reported an error, a violation of the Content-Security-Policy, or an
/// answer that failed and was not expected.
/// </summary>
public sealed class Visit : IAsyncDisposable
{
    private static readonly string[] Serious = ["serious", "critical"];

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _faults = new();

    internal Visit(Screen screen, IBrowserContext context, IPage page)
    {
        (Screen, _context, Page) = (screen, context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _faults.Enqueue($"console {message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => _faults.Enqueue($"script: {error}");
        page.Response += (_, answer) =>
        {
            if (answer.Status >= 400) _faults.Enqueue($"HTTP {answer.Status}: {answer.Url}");
        };
    }

    public Screen Screen { get; }

    public IPage Page { get; }

    /// <summary>A text of the pages in the language of the visit.</summary>
    internal string Say(Text text, params object?[] values) => text.In(Screen.Language, values);

    internal ILocator Button(Text name) => Page.GetByRole(AriaRole.Button, new() { Name = Say(name), Exact = true });

    internal ILocator Field(Text label) => Page.GetByLabel(Say(label), new() { Exact = true });

    /// <summary>Waits for a page's heading.</summary>
    internal Task SeesAsync(Text heading) =>
        Page.GetByRole(AriaRole.Heading, new() { Name = Say(heading), Level = 1 }).WaitForAsync();

    /// <summary>Waits until the page's script hears of an element: what a person does before that is lost, as on every page.</summary>
    internal Task ListensAsync(string selector) =>
        Page.Locator($"{selector}[data-listens]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

    /// <summary>Nothing that keeps people with a screen reader or a keyboard from using the page.</summary>
    public async Task IsAccessibleAsync()
    {
        var barriers = await BarriersAsync();
        // A message may have begun to fade while the page was looked at.
        if (barriers.Count > 0 && barriers.All(barrier => barrier.StartsWith("color-contrast:", StringComparison.Ordinal))) barriers = await BarriersAsync();
        barriers.ShouldBeEmpty();
    }

    /// <summary>No part of the page is wider than the window.</summary>
    public async Task FitsAsync() =>
        (await Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(Screen.Width);

    /// <summary>Keeps the window as a picture in the folder PAGES_SCREENSHOTS, if that is set.</summary>
    public async Task ShowAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("PAGES_SCREENSHOTS") is not { Length: > 0 } folder) return;
        var file = $"{name}-{LanguageTag.Of(Screen.Language)}-{Screen.Width}.png";
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, file) });
    }

    /// <summary>An answer of the service that the test causes.</summary>
    public void Expect(string fault) => Expected.Add(fault);

    private List<string> Expected { get; } = [];

    /// <summary>What the browser reported so far, without what was expected.</summary>
    public IReadOnlyList<string> Faults => [.. _faults.Where(fault => !Expected.Any(expected => fault.Contains(expected, StringComparison.Ordinal)))];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Faults.ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<string>> BarriersAsync()
    {
        // What fades in or out has little contrast for a moment. What moves forever, such as a sign of progress, is not waited for.
        await Page.EvaluateAsync(
            "() => Promise.all(document.getAnimations().filter(one => one.effect?.getComputedTiming().endTime < 1e5).map(one => one.finished.catch(() => 0))).then(() => 0)");
        var result = await Page.RunAxe();
        return
        [
            .. result.Violations.Where(violation => Serious.Contains(violation.Impact))
                .Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(' ', violation.Nodes.Select(node => node.Html))}"),
        ];
    }
}
