using System.Text;
using ImageSearch.Api.Http.Fields;

namespace ImageSearch.Api.V1.Imports.Zips;

/// <summary>The names of a ZIP's files. They become keys and labels, never paths of the server.</summary>
/// <param name="charset">The charset of names that are not marked as UTF-8; null for UTF-8.</param>
internal sealed class ZipNames(Encoding? charset)
{
    private const int IsUtf8 = 0x800;

    private static readonly string[] SystemFiles = ["Thumbs.db", "desktop.ini"];

    /// <summary>Reads a name, with slashes: old programs on Windows write backslashes.</summary>
    public Result<string> Read(ReadOnlySpan<byte> name, int flags)
    {
        var encoding = (flags & IsUtf8) != 0 ? FieldCharset.Utf8 : charset ?? FieldCharset.Utf8;
        try
        {
            // After decoding: a character of GBK may end in the byte of a backslash.
            var text = encoding.GetString(name).Replace('\\', '/').Trim();
            return text.Any(char.IsControl) ? ZipFailures.ControlCharacter : text;
        }
        catch (DecoderFallbackException)
        {
            return encoding == FieldCharset.Utf8 ? ZipFailures.NotUtf8 : ZipFailures.NotInCharset;
        }
    }

    /// <summary>Whether it is a folder or what a system adds by itself, which no one means to import.</summary>
    public static bool IsIgnored(string name)
    {
        if (name.EndsWith('/') || name.StartsWith("__MACOSX/", StringComparison.OrdinalIgnoreCase)) return true;
        foreach (var segment in name.AsSpan().Split('/'))
        {
            var part = name.AsSpan(segment);
            if (part.Length > 1 && part[0] == '.' && part is not "..") return true;
        }

        return SystemFiles.Contains(name[(name.LastIndexOf('/') + 1)..], StringComparer.OrdinalIgnoreCase);
    }
}
