using System.Buffers;
using System.Net;
using ImageSearch.Api.Limits;
using ImageSearch.Memory;

namespace ImageSearch.Api.Http.Bodies;

/// <summary>Bytes that a client sent, outside the managed heap, charged to the memory of all bodies and to the client's share of it.</summary>
internal sealed class ClientBuffer(PictureBuffer buffer, AddressShares shares, IPAddress client) : IDisposable
{
    private long _charged;
    private int _isDisposed;

    /// <summary>The client.</summary>
    public IPAddress Client => client;

    /// <summary>The bytes, valid until the next append, and until it is disposed of.</summary>
    public Memory<byte> Content => buffer.Content;

    /// <summary>The number of bytes.</summary>
    public int Length => buffer.Length;

    /// <summary>Appends bytes; false where there is no memory left for them.</summary>
    public bool TryAppend(in ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsEmpty) return true;
        if (!shares.TryTake(client, bytes.Length, _charged + bytes.Length)) return false;
        _charged += bytes.Length;
        return buffer.TryAppend(bytes);
    }

    /// <summary>
    /// Leaves the bytes to the garbage collector, because a message to another process may still hold them. The pictures of a batch, which
    /// are embedded concurrently, may each call it.
    /// </summary>
    public void Abandon()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1) return;
        buffer.Abandon();
        ReturnShare();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1) return;
        ((IDisposable)buffer).Dispose();
        ReturnShare();
    }

    private void ReturnShare()
    {
        if (_charged > 0) shares.Return(client, _charged);
        _charged = 0;
    }
}
