namespace ImageSearch.Api.Pictures;

/// <summary>What a row keeps of where its picture came from, where the client names no path of its own.</summary>
internal static class StoredPath
{
    /// <summary>
    /// A URL or path that fits the column is kept whole. A longer URL is kept without query string and fragment, which on presigned URLs
    /// are the signature; what is too long even so is not kept, and the path is empty.
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
