using System.Globalization;
using System.Text;

namespace ImageSearch.Fetching.Http;

/// <summary>
/// The URL in a Location header. Bytes beyond ASCII are percent-encoded without decoding them first, because the host finds its file
/// by these bytes; in the host name they are read as UTF-8.
/// </summary>
internal static class RedirectLocation
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="header">The bytes of the header, each as one character.</param>
    /// <returns>The URL. A host name that is not UTF-8 stays garbled and is rejected later.</returns>
    public static string Read(string header)
    {
        var text = header.Trim();
        if (Ascii.IsValid(text)) return text;
        var path = PathStart(text);
        var location = new StringBuilder(Host(text[..path]));
        foreach (var each in text.AsSpan(path))
        {
            if (each < 0x80) location.Append(each);
            else location.Append(CultureInfo.InvariantCulture, $"%{(int)each:X2}");
        }

        return location.ToString();
    }

    private static int PathStart(string text)
    {
        var slashes = text.IndexOf("//", StringComparison.Ordinal);
        if (slashes < 0 || text.AsSpan(0, slashes).ContainsAny('/', '?', '#')) return 0;
        var end = text.AsSpan(slashes + 2).IndexOfAny('/', '?', '#');
        return end < 0 ? text.Length : slashes + 2 + end;
    }

    private static string Host(string text)
    {
        try
        {
            return StrictUtf8.GetString(Encoding.Latin1.GetBytes(text));
        }
        catch (DecoderFallbackException)
        {
            return text;
        }
    }
}
