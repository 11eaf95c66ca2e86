using ImageSearch.Memory;

namespace ImageSearch.Fetching;

/// <summary>
/// A picture's bytes. Those that were fetched or read are its own and leave memory with it; those of an upload belong to the request.
/// </summary>
/// <remarks>
/// To be disposed of once its embedding has ended. After a cancellation or an exception a grain may still read the bytes: then it is left
/// to the collector (see <see cref="PictureBuffer"/>).
/// </remarks>
public sealed class LoadedPicture : IDisposable
{
    private readonly PictureBuffer? _owned;

    /// <summary>Bytes that somebody else owns.</summary>
    public LoadedPicture(ReadOnlyMemory<byte> content) => Content = content;

    /// <summary>Bytes that it owns from now on.</summary>
    public LoadedPicture(PictureBuffer owned)
    {
        ArgumentNullException.ThrowIfNull(owned);
        (_owned, Content) = (owned, owned.Content);
    }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>The bytes in an array of their own; this is disposed of.</summary>
    public ReadOnlyMemory<byte> Detach()
    {
        var bytes = Content.ToArray();
        Dispose();
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose() => (_owned as IDisposable)?.Dispose();
}
