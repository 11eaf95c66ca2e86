using System.Net;
using System.Net.Sockets;

namespace ImageSearch.Fetching.Guards;

/// <summary>Opens a connection to exactly one address.</summary>
internal interface IDialer
{
    /// <summary>Connects.</summary>
    /// <exception cref="SocketException">The address does not accept the connection.</exception>
    ValueTask<Stream> DialAsync(IPAddress address, int port, CancellationToken cancellationToken);
}

/// <summary>Dials over TCP.</summary>
internal sealed class TcpDialer : IDialer
{
    /// <inheritdoc/>
    public async ValueTask<Stream> DialAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;
            await socket.ConnectAsync(new IPEndPoint(address, port), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
