using System.Net;
using System.Net.Sockets;

namespace ImageSearch.Storage.Tests.MySql;

/// <summary>The fault when a client sends a COMMIT.</summary>
public enum AtCommit
{
    Pass,

    /// <summary>The connection is reset before the server receives it.</summary>
    CutBefore,

    /// <summary>The server receives it, and the connection is reset before the reply arrives.</summary>
    CutAfter,

    /// <summary>Neither the COMMIT nor anything after it arrives, and the connection stays open.</summary>
    Hang,
}

/// <summary>A proxy between the catalog and the server that injects network faults.</summary>
internal sealed class FaultyNetwork : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _serverPort;
    private readonly Task _accepting;
    private readonly HashSet<Link> _links = [];
    private readonly List<Task> _running = [];
    private AtCommit _atCommit;
    private int _commits;

    public FaultyNetwork(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections are refused while it is set.</summary>
    public volatile bool Down;

    /// <summary>While set, nothing is forwarded and nothing is refused.</summary>
    public volatile bool Stuck;

    /// <summary>The maximum number of concurrent connections so far.</summary>
    public int MaxLinks { get; private set; }

    /// <summary>The fault of the next COMMIT only.</summary>
    public void AtNextCommit(AtCommit what)
    {
        lock (_links) _atCommit = what;
    }

    /// <summary>The number of COMMITs that clients have sent.</summary>
    public int Commits => Volatile.Read(ref _commits);

    public void CutAll()
    {
        lock (_links)
        {
            foreach (var link in _links) link.Cut();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        CutAll();
        await _accepting;
        await Task.WhenAll(_running);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                lock (_links) _running.Add(RunAsync(client));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task RunAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        using var link = new Link(client, server);
        try
        {
            if (Down) return;
            await server.ConnectAsync(IPAddress.Loopback, _serverPort);
            lock (_links)
            {
                // A connection that was on its way when the network went down is not on the list that CutAll cuts.
                if (Down) return;
                _links.Add(link);
                MaxLinks = Math.Max(MaxLinks, _links.Count);
            }

            await Task.WhenAny(PumpAsync(link, client, server, fromClient: true), PumpAsync(link, server, client, fromClient: false));
        }
        catch (SocketException)
        {
            // The server is gone, so the client's connection is closed too.
        }
        finally
        {
            lock (_links) _links.Remove(link);
        }
    }

    private async Task PumpAsync(Link link, TcpClient from, TcpClient to, bool fromClient)
    {
        try
        {
            var bytes = new byte[64 * 1024];
            while (true)
            {
                var read = await from.GetStream().ReadAsync(bytes);
                while (Stuck || link.Silent) await Task.Delay(5, link.Ended);
                if (read == 0 || link.Ended.IsCancellationRequested) return;
                var what = fromClient && bytes.AsSpan(0, read).EndsWith("COMMIT"u8) ? Commit() : AtCommit.Pass;
                if (what == AtCommit.CutBefore) link.Cut();
                if (what == AtCommit.CutAfter) link.DropAnswers = true;
                if (what == AtCommit.Hang) link.Silent = true;
                while (link.Silent) await Task.Delay(5, link.Ended);
                if (!fromClient && link.DropAnswers) link.Cut();
                await to.GetStream().WriteAsync(bytes.AsMemory(0, read), link.Ended);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // Cut on either side.
        }
    }

    private AtCommit Commit()
    {
        lock (_links)
        {
            _commits++;
            var what = _atCommit;
            _atCommit = AtCommit.Pass;
            return what;
        }
    }

    private sealed class Link(TcpClient client, TcpClient server) : IDisposable
    {
        private readonly CancellationTokenSource _ended = new();

        public CancellationToken Ended => _ended.Token;

        public volatile bool DropAnswers;

        public volatile bool Silent;

        private bool _over;

        /// <summary>No effect on a link that has ended or was cut.</summary>
        public void Cut()
        {
            lock (_ended)
            {
                if (_over) return;
                _over = true;
                // A reset, as by a firewall, instead of an orderly close.
                client.LingerState = new LingerOption(true, 0);
                _ended.Cancel();
                client.Close();
                server.Close();
            }
        }

        public void Dispose()
        {
            lock (_ended)
            {
                if (!_over) _ended.Cancel();
                _over = true;
                client.Dispose();
                _ended.Dispose();
            }
        }
    }
}
