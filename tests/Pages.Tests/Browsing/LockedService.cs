using ImageSearch.Client;
using ImageSearch.Pages.Languages;
using ImageSearch.Pages.Login;

namespace ImageSearch.Pages.Tests.Browsing;

/// <summary>A service with TOKEN.</summary>
public sealed class LockedService : IAsyncLifetime
{
    public const string Token = "provider-token";

    public ServiceProcess Service { get; private set; } = null!;

    /// <summary>Calls the service as its provider.</summary>
    public ImageSearchClient Api => ClientOf(Token);

    public async Task InitializeAsync()
    {
        if (BrowserRequirement.Skip is null) Service = await ServiceProcess.StartAsync(new Dictionary<string, string> { ["TOKEN"] = Token });
    }

    public async Task DisposeAsync()
    {
        if (Service is not null) await Service.DisposeAsync();
    }

    /// <summary>Calls the service with TOKEN or a key.</summary>
    public ImageSearchClient ClientOf(string secret) => new(Service.Client, new ImageSearchClientOptions { Token = secret });

    /// <summary>Opens a page after logging in with TOKEN or a key.</summary>
    public async Task<Visit> LogInAsync(PagesFixture pages, Screen screen, string page, string secret)
    {
        var visit = await pages.OpenAsync(screen, page, Service);
        await visit.Field(LoginWords.Secret).FillAsync(secret);
        await visit.Button(CommonWords.LogIn).ClickAsync();
        await visit.Button(CommonWords.LogOut).WaitForAsync();
        return visit;
    }
}
