using ImageSearch.Pages.Imports;
using ImageSearch.Pages.Layout;
using ImageSearch.Pages.Pictures;
using ImageSearch.Pages.Sessions;
using ImageSearch.Pages.Welcome;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ImageSearch.Pages.Hosting;

/// <summary>The services and the pipeline of the pages.</summary>
/// <param name="Services">The services.</param>
/// <param name="Run">The pipeline.</param>
internal sealed record PagesApplication(ServiceProvider Services, RequestDelegate Run) : IAsyncDisposable
{
    public static PagesApplication Create(IServiceProvider application, PagesOptions options, OwnCalls calls)
    {
        var services = new ServiceCollection();
        PagesServices.Add(services, application, options, calls);
        var provider = services.BuildServiceProvider(validateScopes: true);

        var app = new ApplicationBuilder(provider);
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseEndpoints(
            routes =>
            {
                routes.MapStaticAssets().AllowAnonymous();
                routes.MapSessions();
                routes.MapPictures();
                routes.MapSamples();
                routes.MapImportFailures();
                routes.MapRazorComponents<App>().AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = "'none'");
            });
        return new PagesApplication(provider, app.Build());
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Services.DisposeAsync();
}
