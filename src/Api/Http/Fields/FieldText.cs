using System.Text;

namespace ImageSearch.Api.Http.Fields;

/// <summary>Text of a request out of its bytes. No character is ever replaced by another: two keys would become one.</summary>
internal static class FieldText
{
    /// <summary>Decodes all bytes, or says what the client can do.</summary>
    /// <param name="bytes">The field's name or value, percent signs already resolved.</param>
    /// <param name="encoding">An encoding of <see cref="FieldCharset"/>, which throws at bytes that are none of its text.</param>
    public static Result<string> Decode(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return encoding.CodePage == FieldCharset.Utf8.CodePage ? NotUtf8 : NotOfCharset(encoding);
        }
    }

    /// <summary>What a client is told whose text is not UTF-8 and names no other charset.</summary>
    public static Failure NotUtf8 { get; } = new(
        FailureCode.RequestInvalid,
        "the request holds text that is not valid UTF-8: send UTF-8, or name a form's charset in its content type or its field _charset_");

    private static Failure NotOfCharset(Encoding encoding) =>
        new(FailureCode.RequestInvalid, $"the request holds text that is not valid {encoding.WebName}, the charset that it names: send UTF-8");
}
