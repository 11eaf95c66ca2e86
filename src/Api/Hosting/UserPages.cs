using ImageSearch.Api.Limits;
using ImageSearch.Api.Security;
using ImageSearch.Pages.Hosting;
using ImageSearch.Pages.Sessions;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace ImageSearch.Api.Hosting;

/// <summary>The pages for people, at <c>/ui</c>. The address of the service alone leads there.</summary>
internal static class UserPages
{
    private const string Root = "/ui";

    // Warns that the keys of cookies are stored as they are. So is the catalog beside them, and what they protect.
    private const string KeyLog = "Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager";

    public static void AddUserPages(this IServiceCollection services, string dataPath)
    {
        services.AddLogging(logging => logging.AddFilter(KeyLog, LogLevel.Error));
        services.AddSingleton<ISecretCheck, SecretCheck>();
        services.AddSingleton(
            provider => new PagesHost(
                provider,
                new PagesOptions(
                    () => OwnAddress(provider.GetRequiredService<IServer>()),
                    KeyFolder(provider.GetRequiredService<ProcessRole>(), dataPath),
                    RequestLimits.BodyDeadline)));
    }

    /// <summary>Gives calls that the pages make for a browser the browser's address.</summary>
    public static void UseCallsOfPages(this WebApplication app)
    {
        var calls = app.Services.GetRequiredService<PagesHost>().Calls;
        app.Use(
            (context, next) =>
            {
                calls.Recognize(context);
                return next(context);
            });
    }

    public static void UseUserPages(this WebApplication app)
    {
        var pages = app.Services.GetRequiredService<PagesHost>();
        app.Map(Root, branch => branch.Run(pages.InvokeAsync));
        app.MapGet("/", () => TypedResults.Redirect($"{Root}/")).ExcludeFromDescription();
    }

    /// <summary>An address of the web server at which the process reaches itself.</summary>
    private static Uri OwnAddress(IServer server)
    {
        var addresses = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        var address = BindingAddress.Parse(addresses.FirstOrDefault(text => text.StartsWith("http://", StringComparison.Ordinal)) ?? addresses.First());
        // A wildcard listens everywhere, so also on loopback.
        var host = address.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "127.0.0.1" : address.Host;
        return new UriBuilder(address.Scheme, host, address.Port).Uri;
    }

    // A front end may have no data folder that it can write.
    private static string? KeyFolder(ProcessRole role, string dataPath) => role.HasBackend ? Path.Combine(dataPath, "page-keys") : null;
}
