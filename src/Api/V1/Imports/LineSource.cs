namespace ImageSearch.Api.V1.Imports;

/// <summary>Where a line's picture is read from, and where the row says that it is.</summary>
/// <param name="Url">The URL to fetch; null if the picture is elsewhere.</param>
/// <param name="Path">The file of the server to read; null if the picture is elsewhere. With neither the line has the picture or its vectors.</param>
/// <param name="Location">The location that the row stores; null for none.</param>
internal sealed record LineSource(string? Url, string? Path, string? Location)
{
    /// <summary>The key of a line that has neither key nor id; null if it needs one of them.</summary>
    public string? DefaultKey => Url ?? Path;

    /// <summary>
    /// The source of a line. <c>vector</c>, <c>image</c> and <c>server_path</c> come before <c>url</c>, and that before <c>path</c>. A
    /// <c>url</c> or <c>path</c> that is not read is the location.
    /// </summary>
    public static Result<LineSource> Of(string? url, string? path, string? serverPath, bool hasImage, bool hasVector)
    {
        if (hasVector && hasImage) return InvalidField.Conflict("vector", "image");
        if (serverPath is not null)
        {
            if (hasVector || hasImage) return InvalidField.Conflict("server_path", hasVector ? "vector" : "image");
            return url is null ? new LineSource(null, serverPath, path ?? serverPath) : InvalidField.Conflict("server_path", "url");
        }

        if (hasVector || hasImage)
            return url is not null && path is not null ? InvalidField.Conflict("path", "url") : new LineSource(null, null, path ?? url);
        if (url is not null) return new LineSource(url, null, path ?? url);
        return path is not null
            ? new LineSource(null, path, path)
            : new Failure(FailureCode.RequestInvalid, "it has no picture: send url, path, server_path, image or vector");
    }
}
