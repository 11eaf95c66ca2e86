using System.Text;
using Microsoft.Net.Http.Headers;

namespace ImageSearch.Api.Http.Fields;

/// <summary>
/// The encoding of a form's text: the charset of the part's content type, else the form's field <c>_charset_</c>, else the charset of the
/// request's content type, else UTF-8. Every encoding throws at invalid bytes.
/// </summary>
internal static class FieldCharset
{
    /// <summary>The field by which a form names the charset of its other fields.</summary>
    public const string FieldName = "_charset_";

    private const int MaxNameLength = 40;

    /// <summary>The printable ASCII characters: a charset that forms may use encodes each as itself.</summary>
    private static readonly byte[] PrintableAscii = [.. Enumerable.Range(0x20, 0x5F).Select(code => (byte)code)];

    /// <summary>UTF-8, the default.</summary>
    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The encoding that a content type names.</summary>
    /// <param name="contentType">The value of the header; null where there is none.</param>
    /// <returns>Null where it names none or an unknown one; a failure where forms must not use it.</returns>
    public static Result<Encoding?> OfContentType(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.Charset.HasValue
            ? Named(HeaderUtilities.RemoveQuotes(type.Charset).ToString())
            : (Encoding?)null;

    /// <summary>Gets the encoding for a charset name.</summary>
    /// <param name="name">The client's text.</param>
    /// <returns>Null where it is unknown; a failure where forms must not use it.</returns>
    public static Result<Encoding?> Named(string name)
    {
        name = name.Trim();
        // Software that says us-ascii and means UTF-8 is common, and ASCII is UTF-8.
        if (name.ToUpperInvariant() is "UTF-8" or "UTF8" or "US-ASCII" or "ASCII") return Utf8;
        if (name.Length is 0 or > MaxNameLength || Known(name) is not { } encoding) return (Encoding?)null;
        return MayBeUsed(encoding)
            ? encoding
            : new Failure(FailureCode.RequestInvalid, $"text can't be taken in the charset {encoding.WebName}: send it in UTF-8");
    }

    /// <summary>
    /// Rejects a JSON body whose content type names another charset than UTF-8 (RFC 8259): its text can be valid UTF-8 by accident and mean
    /// something else. ISO-8859-1 is ignored: clients name it by default for bodies that are UTF-8.
    /// </summary>
    public static Failure? CheckJson(string? contentType, ReadOnlySpan<byte> body)
    {
        if (!OfContentType(contentType).TryGet(out var encoding, out var failure)) return failure;
        var isOther = encoding is not null && encoding.CodePage != Utf8.CodePage && encoding.CodePage != Encoding.Latin1.CodePage;
        return isOther && !Ascii.IsValid(body)
            ? new Failure(FailureCode.RequestInvalid, $"JSON must be UTF-8, but the content type says {encoding!.WebName}: send UTF-8")
            : null;
    }

    private static Encoding? Known(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    // Rejects UTF-16, UTF-32 and EBCDIC, which encode ASCII as other bytes, and UTF-7 and the ISO-2022 family, in which ASCII bytes can
    // encode any text and so pass a filter that looks at the bytes.
    private static bool MayBeUsed(Encoding encoding)
    {
        if (encoding.CodePage is 65000 or 52936 or (>= 50220 and <= 50229)) return false;
        try
        {
            return encoding.GetString(PrintableAscii) == Encoding.ASCII.GetString(PrintableAscii);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
