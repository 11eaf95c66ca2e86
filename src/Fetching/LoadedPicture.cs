using ImageSearch.Memory;

namespace ImageSearch.Fetching;

/// <summary>
/// The bytes of a picture. It owns bytes that were fetched or read and frees them; the bytes of an upload belong to the request.
/// </summary>
/// <remarks>
/// Dispose of it when its embedding has completed. After a cancellation or an exception a grain may still be reading the bytes: then
/// abandon it or leave it to the garbage collector (see <see cref="PictureBuffer"/>).
/// </remarks>
public sealed class LoadedPicture : IDisposable
{
    private readonly PictureBuffer? _owned;
    private readonly Action? _abandon;
    private bool _isAbandoned;

    /// <summary>Wraps bytes of another owner.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="abandon">Tells the owner to leave the bytes to the garbage collector.</param>
    public LoadedPicture(ReadOnlyMemory<byte> content, Action? abandon = null) => (Content, _abandon) = (content, abandon);

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

    /// <summary>
    /// Leaves the bytes to the garbage collector: a message to another process may still hold them. <see cref="Dispose"/> then does
    /// nothing.
    /// </summary>
    public void Abandon()
    {
        _isAbandoned = true;
        _owned?.Abandon();
        _abandon?.Invoke();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isAbandoned) (_owned as IDisposable)?.Dispose();
    }
}
