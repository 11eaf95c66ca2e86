using System.Buffers;
using System.Text;
using System.Text.Json;
using ImageSearch.Api.Security;

namespace ImageSearch.Api.Requests;

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
    private readonly ReadOnlyMemory<byte> _token;
    private readonly bool _escaped;
    private readonly Encoding? _form;
    private readonly Failure? _failure;

    private FieldValue(FieldKind kind, ReadOnlyMemory<byte> token, bool escaped = false, Encoding? form = null, Failure? failure = null)
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
    public static FieldValue FromJson(FieldKind kind, ReadOnlyMemory<byte> token, bool escaped = false) => new(kind, token, escaped);

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

    public Result<ReadOnlyMemory<byte>?> DecodeBase64()
    {
        if (_failure is not null) return _failure;
        if (_form is not null) return NullWhenEmpty(_token.Length, Base64Picture.Decode(WithPlusSigns(_token), Limits.RequestLimits.MaxPictureBytes));
        if (!_escaped) return NullWhenEmpty(_token.Length - 2, Base64Picture.Decode(_token.Span[1..^1], Limits.RequestLimits.MaxPictureBytes));

        // PHP's json_encode writes every slash as \/, so this is an ordinary case.
        var buffer = ArrayPool<byte>.Shared.Rent(_token.Length);
        try
        {
            var reader = new Utf8JsonReader(_token.Span);
            reader.Read();
            var length = reader.CopyString(buffer);
            return NullWhenEmpty(length, Base64Picture.Decode(buffer.AsSpan(0, length), Limits.RequestLimits.MaxPictureBytes));
        }
        catch (InvalidOperationException)
        {
            return new Failure(FailureCode.Base64Invalid, "the picture's base64 text is not valid UTF-8");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // A form turns a plus sign that the client did not encode into a space; in base64 it can only have been the plus sign.
    private static ReadOnlySpan<byte> WithPlusSigns(ReadOnlyMemory<byte> text)
    {
        if (!text.Span.Contains((byte)' ')) return text.Span;
        var copy = text.ToArray();
        copy.AsSpan().Replace((byte)' ', (byte)'+');
        return copy;
    }

    private static Result<ReadOnlyMemory<byte>?> NullWhenEmpty(int length, Result<byte[]> decoded)
    {
        if (length == 0) return (ReadOnlyMemory<byte>?)null;
        return decoded.TryGet(out var bytes, out var failure) ? (ReadOnlyMemory<byte>?)bytes : failure;
    }
}
