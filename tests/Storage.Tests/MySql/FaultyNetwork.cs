using System.Net;
using System.Net.Sockets;

namespace ImageSearch.Storage.Tests.MySql;

/// <summary>What the network does when a client sends a COMMIT.</summary>
public enum AtCommit
{
    Pass,

    /// <summary>The connection is reset before the server gets it.</summary>
    CutBefore,

    /// <summary>The server gets it, and the connection is reset before its answer comes through.</summary>
    CutAfter,

    /// <summary>Neither the COMMIT nor anything after it arrives, and no end of the connection either.</summary>
    Hang,
}

/// <summary>A network between the catalog and the server, which a test breaks.</summary>
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

    /// <summary>Nothing comes through while it is set, and nothing is refused.</summary>
    public volatile bool Stuck;

    /// <summary>The most connections that there were at a time.</summary>
    public int MaxLinks { get; private set; }

    /// <summary>What befalls the next COMMIT, and no other.</summary>
    public void AtNextCommit(AtCommit what)
    {
        lock (_links) _atCommit = what;
    }

    /// <summary>COMMITs that clients have sent.</summary>
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
                _links.Add(link);
                MaxLinks = Math.Max(MaxLinks, _links.Count);
            }

            await Task.WhenAny(PumpAsync(link, client, server, fromClient: true), PumpAsync(link, server, client, fromClient: false));
        }
        catch (SocketException)
        {
            // The server is gone: so is the client's connection.
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
            // Cut on one side or the other.
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

        /// <summary>A link that has ended by itself, or was cut before, stays as it is.</summary>
        public void Cut()
        {
            lock (_ended)
            {
                if (_over) return;
                _over = true;
                // A reset, as of a firewall, and not a polite end.
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
