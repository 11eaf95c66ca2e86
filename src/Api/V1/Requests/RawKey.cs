using System.Text;
using ImageSearch.Api.Http.Fields;

namespace ImageSearch.Api.V1.Requests;

/// <summary>
/// The key in a path. It is read from the request's raw target: the server decodes a path except for <c>%2F</c>, after which a key with a
/// slash and one with the text %2F would be equal.
/// </summary>
internal static class RawKey
{
    private const string Bound = "a key of 1 to 255 characters, URL-encoded UTF-8";

    // "/v1/tables/{table}/items/", as well as thumbnails and pictures, has five slashes before the key.
    private const int Slashes = 5;

    /// <summary>The key, without white space at its ends.</summary>
    public static Result<string> Read(HttpContext context)
    {
        var raw = Segment(RawPath.Of(context));
        var bytes = Encoding.UTF8.GetBytes(raw.Replace("+", "%2B", StringComparison.Ordinal));
        var decoded = FieldText.Decode(bytes.AsSpan(0, PercentText.Resolve(bytes)), FieldCharset.Utf8);
        if (!decoded.TryGet(out var key, out _)) return InvalidField.Of("key", raw, Bound);
        key = key.Trim();
        return key.Length > 0 && (key.Length <= PictureTexts.MaxKeyLength || key.EnumerateRunes().Count() <= PictureTexts.MaxKeyLength)
            ? key
            : InvalidField.Of("key", key, Bound);
    }

    /// <summary>The path of an item.</summary>
    public static string PathOf(TableName table, string key) => $"/v1/tables/{table.Value}/items/{Uri.EscapeDataString(key)}";

    private static string Segment(string path)
    {
        var start = 0;
        for (var i = 0; i < Slashes; i++)
        {
            var slash = path.IndexOf('/', start);
            if (slash < 0) return "";
            start = slash + 1;
        }

        return path[start..];
    }
}
