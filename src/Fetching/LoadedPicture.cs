using ImageSearch.Memory;

namespace ImageSearch.Fetching;

/// <summary>
/// The bytes of a picture. It owns bytes that were fetched or read and frees them; the bytes of an upload belong to the request.
/// </summary>
/// <remarks>
/// Dispose of it when its embedding has completed. After a cancellation or an exception a grain may still be reading the bytes: then leave
/// it to the garbage collector (see <see cref="PictureBuffer"/>).
/// </remarks>
public sealed class LoadedPicture : IDisposable
{
    private readonly PictureBuffer? _owned;

    /// <summary>Wraps bytes of another owner.</summary>
    public LoadedPicture(ReadOnlyMemory<byte> content) => Content = content;

    /// <summary>Takes ownership of a buffer.</summary>
    public LoadedPicture(PictureBuffer owned)
    {
        ArgumentNullException.ThrowIfNull(owned);
        (_owned, Content) = (owned, owned.Content);
    }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>Copies the bytes to an array and disposes of this instance.</summary>
    public ReadOnlyMemory<byte> Detach()
    {
        var bytes = Content.ToArray();
        Dispose();
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose() => (_owned as IDisposable)?.Dispose();
}
