using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ImageSearch.Client.Tests.Faults;

/// <summary>A server that answers requests with the answers that it is given, byte for byte, one after the other; the last one repeats.</summary>
internal sealed class FaultyServer : IAsyncDisposable
{
    /// <summary>Closes the connection without an answer.</summary>
    public const string Cut = "";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly string[] _answers;
    private readonly Task _serving;
    private int _count;

    public FaultyServer(params string[] answers)
    {
        _answers = answers;
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>The heads and bodies of the requests so far.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>Keeps connections open after their answer.</summary>
    public bool StaysOpen { get; init; }

    /// <summary>A client of this server that waits for nothing.</summary>
    public ImageSearchClient NewClient(ImageSearchClientOptions? options = null)
    {
        var http = new HttpClient { BaseAddress = new Uri($"http://{_listener.LocalEndpoint}/"), Timeout = Timeout.InfiniteTimeSpan };
        return new ImageSearchClient(http, options ?? new ImageSearchClientOptions { RetryDelay = TimeSpan.Zero });
    }

    /// <summary>An answer with a body.</summary>
    public static string Answer(int status, string body, string headers = "", string type = "application/json") => string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 {status} Reason\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{headers}\r\n{body}");

    /// <summary>An answer that ends after a part of its body.</summary>
    public static string CutAnswer(string body, string type) =>
        $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: 100000\r\nConnection: close\r\n\r\n{body}";

    /// <summary>A problem of the service.</summary>
    public static string Problem(int status, string code, string headers = "") =>
        Answer(status, $$"""{"type":"/v1/problems/{{code}}","title":"Title","status":{{status}},"detail":"the detail","code":"{{code}}"}""", headers, "application/problem+json");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var stream = client.GetStream();
                _requests.Enqueue(await ReadAsync(stream));
                await stream.WriteAsync(Encoding.UTF8.GetBytes(_answers[Math.Min(_count++, _answers.Length - 1)]), _stop.Token);
                if (StaysOpen) await Task.Delay(Timeout.Infinite, _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private async Task<string> ReadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[64 * 1024];
        while (!IsComplete(text.ToString()))
        {
            var count = await stream.ReadAsync(buffer, _stop.Token);
            if (count == 0) break;
            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            if (!WaitsForContinue(text.ToString())) continue;
            // A server that refuses does so without the body.
            if (_answers[Math.Min(_count, _answers.Length - 1)].Contains(" 503 ", StringComparison.Ordinal)) break;
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), _stop.Token);
        }

        return text.ToString();
    }

    private static bool WaitsForContinue(string request) =>
        request.IndexOf("\r\n\r\n", StringComparison.Ordinal) == request.Length - 4 && request.Contains("100-continue", StringComparison.Ordinal);

    private static bool IsComplete(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) return false;
        var head = request[..end];
        if (head.Contains("Transfer-Encoding: chunked", StringComparison.Ordinal)) return request.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
        const string Name = "Content-Length: ";
        var at = head.IndexOf(Name, StringComparison.Ordinal);
        return at < 0 || request.Length - end - 4 >= int.Parse(head.AsSpan(at + Name.Length).ToString().Split('\r')[0], CultureInfo.InvariantCulture);
    }
}
