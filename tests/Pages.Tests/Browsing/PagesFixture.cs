using ImageSearch.Client;
using ImageSearch.Pages.Languages;
using Microsoft.Playwright;

namespace ImageSearch.Pages.Tests.Browsing;

/// <summary>A service without TOKEN, and a browser to open its pages with. Tests share them, and use tables of their own.</summary>
public sealed class PagesFixture : IAsyncLifetime
{
    public const string Collection = "pages";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public ServiceProcess Service { get; private set; } = null!;

    /// <summary>Calls the service as a program does.</summary>
    public ImageSearchClient Api { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (BrowserRequirement.Skip is not null) return;
        Service = await ServiceProcess.StartAsync();
        Api = new ImageSearchClient(Service.Client);
        // On a busy machine a step takes longer than the five seconds that assertions wait without this.
        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = Chromium.Path ?? throw new InvalidOperationException(Chromium.Missing), Args = Chromium.Arguments });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (Service is not null) await Service.DisposeAsync();
    }

    /// <summary>Opens a page of the service, with a browser that knows nothing of other tests.</summary>
    /// <param name="screen">How it is looked at.</param>
    /// <param name="path">The page, below the path of all pages.</param>
    /// <param name="service">Another service; null for that of the fixture.</param>
    public async Task<Visit> OpenAsync(Screen screen, string path = "", ServiceProcess? service = null)
    {
        var context = await _browser!.NewContextAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = screen.Width, Height = screen.Height },
                Locale = LanguageTag.Of(screen.Language),
                TimezoneId = "Asia/Shanghai",
                ReducedMotion = ReducedMotion.Reduce,
                BaseURL = new Uri((service ?? Service).Address, "/ui/").ToString(),
            });
        var visit = new Visit(screen, context, await context.NewPageAsync());
        await visit.Page.GotoAsync(path);
        return visit;
    }
}

/// <summary>Tests that share the service and the browser.</summary>
[CollectionDefinition(PagesFixture.Collection)]
public sealed class PagesGroup : ICollectionFixture<PagesFixture>;
