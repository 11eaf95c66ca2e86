namespace ImageSearch.Fetching;

/// <summary>Where the bytes of a picture are.</summary>
public abstract record PictureSource
{
    /// <summary>In the request.</summary>
    /// <param name="Content">The file's bytes.</param>
    /// <param name="Abandon">
    /// Called if a message to another process may hold the bytes after the call has returned. The owner then leaves them to the garbage
    /// collector instead of releasing them.
    /// </param>
    public sealed record Bytes(ReadOnlyMemory<byte> Content, Action? Abandon = null) : PictureSource;

    /// <summary>At a URL that is not checked yet.</summary>
    /// <param name="Address">The client's text.</param>
    public sealed record Url(string Address) : PictureSource;

    /// <summary>In a file of this server whose path is not checked yet.</summary>
    /// <param name="Path">The client's text.</param>
    public sealed record ServerFile(string Path) : PictureSource;
}
