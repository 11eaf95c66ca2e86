namespace ImageSearch.Api.Pictures;

/// <summary>The path that a row stores where the client gives none: the picture's URL or path.</summary>
internal static class StoredPath
{
    /// <summary>
    /// A URL or path that fits the column is stored unchanged. A longer URL is stored without query string and fragment, which in
    /// presigned URLs are the signature. One that is still too long is stored as an empty text.
    /// </summary>
    /// <param name="origin">The URL or path, trimmed.</param>
    public static string Of(string origin)
    {
        if (Fits(origin)) return origin;
        var end = origin.AsSpan().IndexOfAny('?', '#');
        var address = end < 0 ? origin : origin[..end];
        return Fits(address) ? address : "";
    }

    private static bool Fits(string text) =>
        text.Length <= PictureTexts.MaxFilePathLength
        || (text.Length <= 2 * PictureTexts.MaxFilePathLength && text.EnumerateRunes().Count() <= PictureTexts.MaxFilePathLength);
}
