using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;

namespace ImageSearch.Api.Tests.Running;

/// <summary>
/// An OpenTelemetry collector that keeps what is posted to it: OTLP over HTTP, uncompressed protobuf, in which texts can be found.
/// </summary>
public sealed class Collector : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();
    private readonly Task _serving;

    public Collector()
    {
        var port = ServiceProcess.FreePort();
        Address = new Uri($"http://127.0.0.1:{port}");
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>The settings of a service that sends its telemetry here.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Address.ToString(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
    };

    /// <summary>The bodies posted to a path so far.</summary>
    public IReadOnlyList<byte[]> Received(string path) => [.. _received.Where(post => post.Path == path).Select(post => post.Body)];

    /// <summary>Waits for a post to a path that contains all of these texts.</summary>
    public async Task<byte[]> ReceivesAsync(string path, params string[] texts)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (Received(path).FirstOrDefault(body => texts.All(text => Has(body, text))) is { } found) return found;
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(Timeout, $"{Received(path).Count} posts to {path}, none with {string.Join(", ", texts)}");
            await Task.Delay(20);
        }
    }

    public static bool Has(byte[] body, string text) => body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                _received.Enqueue((context.Request.Url!.AbsolutePath, body.ToArray()));
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The listener was closed.
        }
    }
}
