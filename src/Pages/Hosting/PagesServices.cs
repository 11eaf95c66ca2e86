using System.Diagnostics;
using ImageSearch.Pages.Sessions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MudBlazor.Services;

namespace ImageSearch.Pages.Hosting;

/// <summary>Registers the services of the pages.</summary>
internal static class PagesServices
{
    // A circuit is a browser's state at the server. One whose connection broke off waits for its browser this long.
    private static readonly TimeSpan CircuitPatience = TimeSpan.FromMinutes(3);

    public static void Add(IServiceCollection services, IServiceProvider application, PagesOptions options, OwnCalls calls)
    {
        AddOfService(services, application);
        services.AddSingleton(options);
        services.AddSingleton(calls);
        services.AddSingleton<PageClients>();
        services.AddSingleton<EndedSessions>();
        services.AddSingleton<CircuitLimit>();
        services.AddScoped<CircuitHandler, CountedCircuit>();
        services.AddLogging();
        services.AddRouting();
        var protection = services.AddDataProtection().SetApplicationName("ImageSearch");
        if (options.KeyFolder is { } folder) protection.PersistKeysToFileSystem(PrivateFolder(folder));
        else protection.UseEphemeralDataProtectionProvider();
        SessionCookie.Add(services);
        // Where the service has a TOKEN, everything needs a session but what says AllowAnonymous.
        var isLoginRequired = application.GetRequiredService<ISecretCheck>().IsRequired;
        services.AddAuthorization(
            access => access.FallbackPolicy = isLoginRequired ? new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build() : null);
        services.AddCascadingAuthenticationState();
        services.AddRazorComponents().AddInteractiveServerComponents(
            circuits =>
            {
                // As many as there may be: nobody loses a page because others opened many.
                circuits.DisconnectedCircuitMaxRetained = CircuitLimit.Max;
                circuits.DisconnectedCircuitRetentionPeriod = CircuitPatience;
            });
        services.AddMudServices();
    }

    // Who reads the keys can forge sessions, so other users of the machine may not.
    private static DirectoryInfo PrivateFolder(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path)
        : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    // Instances of the service, which the pages' provider does not dispose.
    private static void AddOfService(IServiceCollection services, IServiceProvider application)
    {
        services.AddSingleton(application.GetRequiredService<ILoggerFactory>());
        services.AddSingleton(application.GetRequiredService<TimeProvider>());
        services.AddSingleton(application.GetRequiredService<IConfiguration>());
        services.AddSingleton(application.GetRequiredService<IHostApplicationLifetime>());
        services.AddSingleton(application.GetRequiredService<ISecretCheck>());
        var listener = new DiagnosticListener("ImageSearch.Pages");
        services.AddSingleton(listener);
        services.AddSingleton<DiagnosticSource>(listener);
        var environment = new PagesEnvironment(application.GetRequiredService<IWebHostEnvironment>());
        // In a build the files are where their projects have them; a published service has them in wwwroot.
        StaticWebAssetsLoader.UseStaticWebAssets(environment, application.GetRequiredService<IConfiguration>());
        services.AddSingleton<IWebHostEnvironment>(environment);
        services.AddSingleton<IHostEnvironment>(environment);
    }

    /// <summary>The service's environment, with files of the pages' own.</summary>
    private sealed class PagesEnvironment(IWebHostEnvironment service) : IWebHostEnvironment
    {
        private static readonly string WebRoot = Path.Combine(AppContext.BaseDirectory, "wwwroot");

        public string WebRootPath { get; set; } = WebRoot;

        public IFileProvider WebRootFileProvider { get; set; } = Directory.Exists(WebRoot) ? new PhysicalFileProvider(WebRoot) : new NullFileProvider();

        public string ApplicationName { get; set; } = service.ApplicationName;

        public IFileProvider ContentRootFileProvider { get; set; } = service.ContentRootFileProvider;

        public string ContentRootPath { get; set; } = service.ContentRootPath;

        public string EnvironmentName { get; set; } = service.EnvironmentName;
    }
}
