using System.Text;

namespace ImageSearch.Api.Http.Fields;

/// <summary>Decodes the text of a request. Invalid bytes are an error, never a replacement character: two keys would become one.</summary>
internal static class FieldText
{
    /// <summary>Decodes all bytes.</summary>
    /// <param name="bytes">The field's name or value, already percent-decoded.</param>
    /// <param name="encoding">An encoding of <see cref="FieldCharset"/>, which throws at invalid bytes.</param>
    public static Result<string> Decode(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return encoding.CodePage == FieldCharset.Utf8.CodePage ? NotUtf8 : NotInCharset(encoding);
        }
    }

    /// <summary>Text that is not UTF-8 where no other charset is named.</summary>
    public static Failure NotUtf8 { get; } = new(
        FailureCode.RequestInvalid,
        "the request holds text that is not valid UTF-8: send UTF-8, or name a form's charset in its content type or its field _charset_");

    private static Failure NotInCharset(Encoding encoding) =>
        new(FailureCode.RequestInvalid, $"the request holds text that is not valid {encoding.WebName}, the charset that it names: send UTF-8");
}
