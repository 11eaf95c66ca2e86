using System.Text;
using System.Text.Json;
using ImageSearch.Api.Security;

namespace ImageSearch.Api.Http.Fields;

internal enum FieldKind
{
    Null,
    Text,
    Number,
    List,
    Boolean,
    Object,
}

/// <summary>
/// One value of a request. It refers to the body until it is read: a picture's base64 text, megabytes long, is decoded in the body and
/// never becomes a string.
/// </summary>
internal readonly struct FieldValue
{
    private readonly Memory<byte> _token;
    private readonly bool _escaped;
    private readonly Encoding? _form;
    private readonly Failure? _failure;

    private FieldValue(FieldKind kind, Memory<byte> token, bool escaped = false, Encoding? form = null, Failure? failure = null)
    {
        Kind = kind;
        _token = token;
        _escaped = escaped;
        _form = form;
        _failure = failure;
    }

    public FieldKind Kind { get; }

    /// <summary>Its bytes: JSON if the body is JSON, else the form's text.</summary>
    public Memory<byte> Token => _token;

    /// <summary>Whether it is a field of a form or query string, whose values are all texts.</summary>
    public bool IsForm => _form is not null;

    /// <summary>A field of a form or query string.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="encoding">The encoding of its text, which throws at invalid bytes.</param>
    public static FieldValue FromForm(Memory<byte> bytes, Encoding encoding) => new(FieldKind.Text, bytes, form: encoding);

    /// <summary>A field without a usable value: reading it returns the failure.</summary>
    public static FieldValue Invalid(Failure failure) => new(FieldKind.Text, default, failure: failure);

    /// <param name="kind">What the token is.</param>
    /// <param name="token">The token's bytes in the body; of a text, with its quotation marks.</param>
    /// <param name="escaped">Whether the text has escapes.</param>
    public static FieldValue FromJson(FieldKind kind, Memory<byte> token, bool escaped = false) => new(kind, token, escaped);

    public Result<string?> AsText()
    {
        if (_failure is not null) return _failure;
        if (_form is not null) return FieldText.Decode(_token.Span, _form).TryGet(out var text, out var failure) ? text : failure;
        try
        {
            if (Kind == FieldKind.Number) return Encoding.ASCII.GetString(_token.Span);
            var reader = new Utf8JsonReader(_token.Span);
            reader.Read();
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return FieldText.NotUtf8;
        }
    }

    /// <param name="maxItems">One item more is read, which shows the caller that there are too many; the rest is skipped.</param>
    public Result<IReadOnlyList<string>> AsList(int maxItems)
    {
        var items = new List<string>();
        var reader = new Utf8JsonReader(_token.Span);
        reader.Read();
        try
        {
            while (items.Count <= maxItems && reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType == JsonTokenType.Number) items.Add(Encoding.ASCII.GetString(reader.ValueSpan));
                else if (reader.TokenType == JsonTokenType.String) items.Add(reader.GetString()!);
                else return new Failure(FailureCode.RequestInvalid, "a list may hold numbers and texts only");
            }

            return items;
        }
        catch (InvalidOperationException)
        {
            return FieldText.NotUtf8;
        }
    }

    /// <summary>The picture in base64 text; null where the text is empty. Call it once: it decodes in place.</summary>
    public Result<ReadOnlyMemory<byte>?> DecodeBase64()
    {
        if (_failure is not null) return _failure;
        if (_form is not null) return InPlace(_token, isForm: true);
        var text = _token[1..^1];
        // PHP's json_encode writes every slash as \/, so this case is common.
        return InPlace(_escaped ? text[..JsonEscapes.Resolve(text.Span)] : text, isForm: false);
    }

    private static Result<ReadOnlyMemory<byte>?> InPlace(Memory<byte> text, bool isForm)
    {
        if (text.IsEmpty) return (ReadOnlyMemory<byte>?)null;
        // A form turns a plus sign that the client did not encode into a space; in base64 it can only have been the plus sign.
        if (isForm) text.Span.Replace((byte)' ', (byte)'+');
        var decoded = Base64Picture.DecodeInPlace(text.Span, Limits.RequestLimits.MaxPictureBytes);
        return decoded.TryGet(out var range, out var failure) ? (ReadOnlyMemory<byte>?)text[range] : failure;
    }
}
