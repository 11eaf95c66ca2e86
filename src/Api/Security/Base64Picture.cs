using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace ImageSearch.Api.Security;

/// <summary>
/// Decodes a picture from a client's base64 text: standard and URL-safe alphabet (also mixed), with or without padding, white space
/// anywhere, with or without a <c>data:</c> prefix. Unused bits of the last character are ignored.
/// </summary>
internal static class Base64Picture
{
    private static readonly SearchValues<byte> WhiteSpace = SearchValues.Create(" \t\r\n"u8);

    /// <summary>Decodes in place: the bytes take three quarters of the text.</summary>
    /// <param name="text">ASCII, JSON escapes already resolved; afterwards only the result's range is defined.</param>
    /// <param name="maxBytes">The largest picture, in bytes after decoding.</param>
    /// <returns>The range of the picture's bytes, at least one, or <see cref="FailureCode.Base64Invalid"/>.</returns>
    public static Result<Range> DecodeInPlace(Span<byte> text, int maxBytes)
    {
        if (!TryFindBody(text, out var start)) return UnterminatedPrefix;
        var body = text[start..];
        var padding = TrimPadding(ref body);
        if (body.ContainsAny(WhiteSpace)) body = body[..RemoveWhiteSpace(body)];
        body.Replace((byte)'-', (byte)'+');
        body.Replace((byte)'_', (byte)'/');

        var (blocks, rest) = Math.DivRem(body.Length, 4);
        var size = (blocks * 3L) + Math.Max(0, rest - 1);
        if (body.IsEmpty)
            return Invalid("is empty; send the picture's bytes as base64");
        if (rest == 1 || (padding != 0 && padding != (4 - rest) % 4))
            return Invalid("breaks off: its length or its = signs fit no whole number of bytes");
        if (size > maxBytes)
            return Invalid($"holds more than {maxBytes} bytes; send a smaller picture");

        var status = Base64.DecodeFromUtf8InPlace(body[..(blocks * 4)], out var written);

        // The decoder accepts a = sign in the middle as the end; only the smaller count of bytes shows it.
        var whole = status == OperationStatus.Done && written == blocks * 3;
        return whole && TryDecodeRest(body[^rest..], body.Slice(written, (int)size - written)) ? start..(start + (int)size) : InvalidCharacter;
    }

    // Padded with A (zero bits) instead of =, because the decoder rejects unused bits that are not zero.
    private static bool TryDecodeRest(ReadOnlySpan<byte> rest, Span<byte> destination)
    {
        Span<byte> block = [(byte)'A', (byte)'A', (byte)'A', (byte)'A'];
        Span<byte> bytes = stackalloc byte[3];
        rest.CopyTo(block);
        var valid = Base64.DecodeFromUtf8(block, bytes, out _, out var written) == OperationStatus.Done && written == 3;
        bytes[..destination.Length].CopyTo(destination);
        return valid;
    }

    private static int RemoveWhiteSpace(Span<byte> text)
    {
        var (from, to) = (0, 0);
        while (from < text.Length)
        {
            var next = text[from..].IndexOfAny(WhiteSpace);
            var run = next < 0 ? text.Length - from : next;
            text.Slice(from, run).CopyTo(text[to..]);
            (from, to) = (from + run + 1, to + run);
        }

        return to;
    }

    private static int TrimPadding(ref Span<byte> text)
    {
        var padding = 0;
        while (!text.IsEmpty && (text[^1] == '=' || WhiteSpace.Contains(text[^1])))
        {
            padding += text[^1] == '=' ? 1 : 0;
            text = text[..^1];
        }

        return padding;
    }

    // Skips from data: to the first comma or, without one, to the last semicolon.
    private static bool TryFindBody(ReadOnlySpan<byte> text, out int start)
    {
        start = text.IndexOfAnyExcept(WhiteSpace);
        if (start < 0) start = text.Length;
        if (text.Length - start < Prefix.Length || !Ascii.EqualsIgnoreCase(text.Slice(start, Prefix.Length), Prefix)) return true;
        var end = text.IndexOf((byte)',');
        if (end < 0) end = text.LastIndexOf((byte)';');
        start = end + 1;
        return end >= 0;
    }

    private static ReadOnlySpan<byte> Prefix => "data:"u8;

    private static Failure UnterminatedPrefix =>
        Invalid("starts with data: but has no comma after it; send data:image/png;base64, and then the picture");

    private static Failure InvalidCharacter =>
        Invalid("holds a character that is not base64; send the picture's bytes as base64 and nothing else");

    private static Failure Invalid(string what) => new(FailureCode.Base64Invalid, $"the picture's base64 text {what}");
}
