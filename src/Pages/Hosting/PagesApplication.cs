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
    private const string NotFound = "/not-found";

    public static PagesApplication Create(IServiceProvider application, PagesOptions options, OwnCalls calls)
    {
        var services = new ServiceCollection();
        PagesServices.Add(services, application, options, calls);
        var provider = services.BuildServiceProvider(validateScopes: true);

        var app = new ApplicationBuilder(provider);
        // A person at an address that there is not gets a page; a picture or a script that there is not needs none.
        app.UseWhen(IsPageOfPerson, people => people.UseStatusCodePagesWithReExecute(NotFound));
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

    private static bool IsPageOfPerson(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.Request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Services.DisposeAsync();
}
