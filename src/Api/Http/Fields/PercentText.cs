namespace ImageSearch.Api.Http.Fields;

/// <summary>Percent-encoding of forms and query strings.</summary>
internal static class PercentText
{
    /// <summary>
    /// Resolves <c>+</c> and <c>%XX</c> in place: the result is never longer. A percent sign without two hexadecimal digits is kept.
    /// </summary>
    /// <returns>The length of the decoded text, which starts at index 0.</returns>
    public static int Resolve(Span<byte> text)
    {
        text.Replace((byte)'+', (byte)' ');
        var (from, to) = (0, 0);
        while (text[from..].IndexOf((byte)'%') is >= 0 and var run)
        {
            Move(text, ref from, ref to, run);
            var isByte = from + 2 < text.Length && char.IsAsciiHexDigit((char)text[from + 1]) && char.IsAsciiHexDigit((char)text[from + 2]);
            text[to++] = isByte ? (byte)((Digit(text[from + 1]) << 4) | Digit(text[from + 2])) : (byte)'%';
            from += isByte ? 3 : 1;
        }

        Move(text, ref from, ref to, text.Length - from);
        return to;
    }

    private static void Move(Span<byte> text, ref int from, ref int to, int length)
    {
        if (from != to) text.Slice(from, length).CopyTo(text[to..]);
        from += length;
        to += length;
    }

    private static int Digit(byte digit) => digit <= '9' ? digit - '0' : (digit & ~0x20) - 'A' + 10;
}
