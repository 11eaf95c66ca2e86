namespace ImageSearch.Api.Pictures;

/// <summary>Where the bytes of a request's picture are.</summary>
internal abstract record PictureSource
{
    /// <summary>In the request.</summary>
    public sealed record Bytes(ReadOnlyMemory<byte> Content) : PictureSource;

    /// <summary>Behind a URL, not checked yet.</summary>
    public sealed record Url(string Address) : PictureSource;

    /// <summary>In a file of this server, not checked yet.</summary>
    public sealed record ServerFile(string Path) : PictureSource;
}
