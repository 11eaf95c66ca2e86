using System.Net;
using ImageSearch.Api.Http;
using ImageSearch.Api.Limits;
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

    public static void AddWebServer(this WebApplicationBuilder builder, IReadOnlyList<string> http2Urls)
    {
        if (WebAddresses.ToSet(builder.Configuration, http2Urls) is { } urls) builder.WebHost.UseUrls(urls);
        var http2Ports = http2Urls.Select(WebAddresses.Port).ToHashSet();
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
                // The requests of a connection together are read ahead as far as the one request of HTTP/1.1.
                server.Limits.Http2.InitialConnectionWindowSize = RequestLimits.ReadAheadBytes;
                server.Limits.Http2.InitialStreamWindowSize = RequestLimits.ReadAheadBytes;
                server.Limits.Http2.MaxStreamsPerConnection = RequestLimits.MaxStreamsPerConnection;
                server.ConfigureEndpointDefaults(
                    endpoint =>
                    {
                        if (endpoint.EndPoint is IPEndPoint { Port: var port } && http2Ports.Contains(port)) endpoint.Protocols = HttpProtocols.Http2;
                    });
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
                await PlainError.WriteAsync(context.HttpContext, detail);
            });
}
