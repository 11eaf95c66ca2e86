using System.Runtime.InteropServices;

namespace ImageSearch.Client.Http;

/// <summary>Bytes of the caller: in memory, in a file, or a stream.</summary>
internal sealed class Upload
{
    private readonly Func<Stream> _open;

    private Upload(Func<Stream> open, bool canRepeat, bool isOwned)
    {
        _open = open;
        CanRepeat = canRepeat;
        IsOwned = isOwned;
    }

    /// <summary>Whether the bytes can be read again.</summary>
    public bool CanRepeat { get; }

    /// <summary>Whether the stream is closed after it was read.</summary>
    public bool IsOwned { get; }

    public static Upload OfBytes(ReadOnlyMemory<byte> bytes) => new(
        () => MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false),
        canRepeat: true,
        isOwned: true);

    public static Upload OfFile(string path) =>
        new(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true), canRepeat: true, isOwned: true);

    /// <summary>A stream from its position on. It is left open.</summary>
    public static Upload OfStream(Stream stream)
    {
        if (!stream.CanSeek) return new Upload(() => stream, canRepeat: false, isOwned: false);
        var start = stream.Position;
        return new Upload(
            () =>
            {
                stream.Position = start;
                return stream;
            },
            canRepeat: true,
            isOwned: false);
    }

    public Stream Open() => _open();

    /// <summary>All bytes.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        var stream = Open();
        try
        {
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
            return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        }
        finally
        {
            if (IsOwned) await stream.DisposeAsync().ConfigureAwait(false);
        }
    }
}
