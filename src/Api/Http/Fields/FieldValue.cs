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

    /// <summary>An object, true or false: nothing that a field of the two APIs may be.</summary>
    Other,
}

/// <summary>
/// One value of a request. A JSON value stays where it is in the body until it is asked for, so that a picture's base64 text, megabytes
/// long, is decoded from the body itself and never becomes a string.
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

    /// <summary>A field of a form or query string.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="encoding">The encoding of its text, which throws at bytes that are none of it.</param>
    public static FieldValue FromForm(Memory<byte> bytes, Encoding encoding) => new(FieldKind.Text, bytes, form: encoding);

    /// <summary>A field that has no value which can be taken; who asks for it is given the reason.</summary>
    public static FieldValue Refused(Failure failure) => new(FieldKind.Text, default, failure: failure);

    /// <param name="kind">What the token is.</param>
    /// <param name="token">The token's bytes as they stand in the body; a text with its quotation marks.</param>
    /// <param name="escaped">Whether the text holds backslashes.</param>
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

    /// <param name="most">One item more is read, so that the caller can tell; the rest is passed over.</param>
    public Result<IReadOnlyList<string>> AsList(int most)
    {
        var items = new List<string>();
        var reader = new Utf8JsonReader(_token.Span);
        reader.Read();
        try
        {
            while (items.Count <= most && reader.Read() && reader.TokenType != JsonTokenType.EndArray)
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

    /// <summary>The picture in base64 text; null where the text is empty. It is decoded where it stands, so that this works once.</summary>
    public Result<ReadOnlyMemory<byte>?> DecodeBase64()
    {
        if (_failure is not null) return _failure;
        if (_form is not null) return InPlace(_token, isForm: true);
        var text = _token[1..^1];
        // PHP's json_encode writes every slash as \/, so this is an ordinary case.
        return InPlace(_escaped ? text[..JsonEscapes.Resolve(text.Span)] : text, isForm: false);
    }

    private static Result<ReadOnlyMemory<byte>?> InPlace(Memory<byte> text, bool isForm)
    {
        if (text.IsEmpty) return (ReadOnlyMemory<byte>?)null;
        // A form turns a plus sign that the client did not encode into a space; in base64 it can only have been the plus sign.
        if (isForm) text.Span.Replace((byte)' ', (byte)'+');
        var decoded = Base64Picture.DecodeInPlace(text.Span, Limits.RequestLimits.MaxPictureBytes);
        return decoded.TryGet(out var place, out var failure) ? (ReadOnlyMemory<byte>?)text[place] : failure;
    }
}
