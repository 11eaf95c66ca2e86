using ImageSearch.Api.Limits;
using ImageSearch.Api.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ImageSearch.Api.Hosting;

/// <summary>The web server's addresses and limits.</summary>
internal static class WebServer
{
    /// <summary>How to choose other ports.</summary>
    public const string OtherPorts =
        "choose other ports with the setting ASPNETCORE_URLS or the option --urls, for example "
        + "--urls \"http://127.0.0.1:5050;http://127.0.0.1:7070\"";

    // Grace period for in-flight requests during shutdown.
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(30);

    public static void AddWebServer(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null && builder.Configuration["https_ports"] is null)
            builder.WebHost.UseUrls(ServiceSettings.DefaultUrls);
        builder.WebHost.ConfigureKestrel(
            server =>
            {
                server.AddServerHeader = false;
                server.Limits.MaxRequestBufferSize = RequestLimits.ReadAheadBytes;
                server.Limits.MaxRequestBodySize = RequestLimits.MaxBodyBytes;
                // A slower body could not arrive within the time limit anyway.
                server.Limits.MinRequestBodyDataRate = new MinDataRate(RequestLimits.MinBytesPerSecond, gracePeriod: TimeSpan.FromSeconds(5));
                server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
                server.Limits.MaxConcurrentConnections = 20_000;
            });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownPatience);
    }

    /// <summary>Answers unknown paths and methods in JSON, as both documented systems do.</summary>
    public static void UsePlainErrors(this WebApplication app) =>
        app.UseStatusCodePages(
            async context =>
            {
                var response = context.HttpContext.Response;
                var detail = response.StatusCode switch
                {
                    StatusCodes.Status404NotFound => "Not Found",
                    StatusCodes.Status405MethodNotAllowed => "Method Not Allowed",
                    _ => $"HTTP status {response.StatusCode}",
                };
                await response.WriteAsJsonAsync(new { detail });
            });
}
