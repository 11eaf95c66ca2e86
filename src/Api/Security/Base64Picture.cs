using System.Buffers;
using System.Buffers.Text;
using System.Numerics;
using System.Text;

namespace ImageSearch.Api.Security;

/// <summary>
/// Takes a picture out of a client's base64 text: standard and URL-safe alphabet (also mixed), with or without padding,
/// white space anywhere, with or without a <c>data:</c> prefix. Bits of the last character that belong to no byte are ignored.
/// </summary>
internal static class Base64Picture
{
    private static readonly SearchValues<byte> WhiteSpace = SearchValues.Create(" \t\r\n"u8);

    /// <summary>Decodes text that came as characters (a form field).</summary>
    /// <param name="text">The text, JSON escapes already resolved.</param>
    /// <param name="maxBytes">The largest picture, in bytes after decoding.</param>
    /// <returns>The picture's bytes, at least one, or <see cref="FailureCode.Base64Invalid"/>.</returns>
    public static Result<byte[]> Decode(ReadOnlySpan<char> text, int maxBytes)
    {
        if (!TryDropPrefix(ref text))
            return PrefixWithoutEnd;

        var narrow = ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            return Ascii.FromUtf16(text, narrow, out var length) == OperationStatus.Done
                ? DecodeBody(narrow.AsSpan(0, length), maxBytes)
                : StrangeCharacter;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(narrow);
        }
    }

    /// <summary>Decodes text that came as UTF-8 (a JSON string).</summary>
    /// <param name="utf8">The text, JSON escapes already resolved.</param>
    /// <param name="maxBytes">The largest picture, in bytes after decoding.</param>
    /// <returns>The picture's bytes, at least one, or <see cref="FailureCode.Base64Invalid"/>.</returns>
    public static Result<byte[]> Decode(ReadOnlySpan<byte> utf8, int maxBytes) =>
        TryDropPrefix(ref utf8) ? DecodeBody(utf8, maxBytes) : PrefixWithoutEnd;

    // Text that is all standard alphabet without white space is decoded where it lies; anything else is first copied once.
    private static Result<byte[]> DecodeBody(ReadOnlySpan<byte> text, int maxBytes)
    {
        var padding = TrimPadding(ref text);
        if (!text.ContainsAny(WhiteSpace) && !text.ContainsAny((byte)'-', (byte)'_'))
            return DecodeStandard(text, padding, maxBytes);

        var rented = ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            var body = rented.AsSpan(0, CopyWithoutWhiteSpace(text, rented));
            body.Replace((byte)'-', (byte)'+');
            body.Replace((byte)'_', (byte)'/');
            return DecodeStandard(body, padding, maxBytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static Result<byte[]> DecodeStandard(ReadOnlySpan<byte> body, int padding, int maxBytes)
    {
        var (blocks, rest) = Math.DivRem(body.Length, 4);
        var size = (blocks * 3L) + Math.Max(0, rest - 1);
        if (body.IsEmpty)
            return Invalid("is empty; send the picture's bytes as base64");
        if (rest == 1 || (padding != 0 && padding != (4 - rest) % 4))
            return Invalid("breaks off: its length or its = signs fit no whole number of bytes");
        if (size > maxBytes)
            return Invalid($"holds more than {maxBytes} bytes; send a smaller picture");

        var picture = GC.AllocateUninitializedArray<byte>((int)size);
        var status = Base64.DecodeFromUtf8(body[..(blocks * 4)], picture, out _, out var written);

        // A = sign in the middle is a legal end for the decoder, seen only in that fewer bytes come out.
        var whole = status == OperationStatus.Done && written == blocks * 3;
        return whole && TryDecodeRest(body[^rest..], picture.AsSpan(written)) ? picture : StrangeCharacter;
    }

    // Filled up with A, that is zero bits, instead of =, because the decoder refuses unused bits that are not zero.
    private static bool TryDecodeRest(ReadOnlySpan<byte> rest, Span<byte> destination)
    {
        Span<byte> block = [(byte)'A', (byte)'A', (byte)'A', (byte)'A'];
        Span<byte> bytes = stackalloc byte[3];
        rest.CopyTo(block);
        var valid = Base64.DecodeFromUtf8(block, bytes, out _, out var written) == OperationStatus.Done && written == 3;
        bytes[..destination.Length].CopyTo(destination);
        return valid;
    }

    private static int CopyWithoutWhiteSpace(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var length = 0;
        while (!text.IsEmpty)
        {
            var end = text.IndexOfAny(WhiteSpace);
            var run = end < 0 ? text : text[..end];
            run.CopyTo(destination[length..]);
            length += run.Length;
            text = text[Math.Min(run.Length + 1, text.Length)..];
        }

        return length;
    }

    private static int TrimPadding(ref ReadOnlySpan<byte> text)
    {
        var padding = 0;
        while (!text.IsEmpty && (text[^1] == '=' || WhiteSpace.Contains(text[^1])))
        {
            padding += text[^1] == '=' ? 1 : 0;
            text = text[..^1];
        }

        return padding;
    }

    // From data: to the first comma or, without one, to the last semicolon.
    private static bool TryDropPrefix<T>(ref ReadOnlySpan<T> text)
        where T : unmanaged, IBinaryInteger<T>
    {
        while (!text.IsEmpty && byte.CreateSaturating(text[0]) is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            text = text[1..];
        if (!StartsWithData(text))
            return true;

        var end = text.IndexOf(T.CreateTruncating(','));
        if (end < 0)
            end = text.LastIndexOf(T.CreateTruncating(';'));
        text = text[(end + 1)..];
        return end >= 0;
    }

    private static bool StartsWithData<T>(ReadOnlySpan<T> text)
        where T : unmanaged, IBinaryInteger<T>
    {
        ReadOnlySpan<byte> lower = "data:"u8;
        ReadOnlySpan<byte> upper = "DATA:"u8;
        for (var i = 0; i < lower.Length; i++)
        {
            if (i >= text.Length || (text[i] != T.CreateTruncating(lower[i]) && text[i] != T.CreateTruncating(upper[i])))
                return false;
        }

        return true;
    }

    private static Failure PrefixWithoutEnd =>
        Invalid("starts with data: but has no comma after it; send data:image/png;base64, and then the picture");

    private static Failure StrangeCharacter =>
        Invalid("holds a character that is not base64; send the picture's bytes as base64 and nothing else");

    private static Failure Invalid(string what) => new(FailureCode.Base64Invalid, $"the picture's base64 text {what}");
}
