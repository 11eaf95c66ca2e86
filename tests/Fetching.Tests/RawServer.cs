using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ImageSearch.Fetching.Tests;

/// <summary>A loopback server that responds to the first request of each connection with bytes that the test chooses.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;

    public RawServer(Func<Connection, Task> respond)
    {
        _listener.Start();
        _accepting = AcceptAsync(respond);
    }

    public RawServer(string response)
        : this(connection => connection.WriteAsync(response))
    {
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"http://127.0.0.1:{Port}/";

    /// <summary>The heads of all requests so far.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Completes when the first request has been received.</summary>
    public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the client has closed a connection during a write.</summary>
    public TaskCompletionSource Abandoned { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync(Func<Connection, Task> respond)
    {
        try
        {
            while (true)
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token), respond));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The listener has been stopped.
        }
    }

    private async Task ServeAsync(TcpClient client, Func<Connection, Task> respond)
    {
        using (client)
        {
            try
            {
                var head = await ReadHeadAsync(client.GetStream());
                Requests.Enqueue(head);
                Reached.TrySetResult();
                await respond(new Connection(client, head, _stop.Token));
            }
            catch (OperationCanceledException)
            {
            }
            catch (IOException)
            {
                Abandoned.TrySetResult();
            }
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var buffer = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer, _stop.Token) > 0)
            head.Append((char)buffer[0]);
        return head.ToString();
    }

    /// <summary>A connection whose request has been read.</summary>
    internal sealed record Connection(TcpClient Client, string Head, CancellationToken Stop)
    {
        public string Path => Head.Split(' ')[1];

        public async Task WriteAsync(string text) => await WriteAsync(Encoding.Latin1.GetBytes(text));

        public async Task WriteAsync(byte[] bytes) => await Client.GetStream().WriteAsync(bytes, Stop);

        public Task HangAsync() => Task.Delay(Timeout.InfiniteTimeSpan, Stop);
    }
}
