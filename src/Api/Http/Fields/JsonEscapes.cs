using System.Globalization;

namespace ImageSearch.Api.Http.Fields;

/// <summary>Resolves the escapes of a JSON text in place: the result is never longer. For text that must be ASCII.</summary>
internal static class JsonEscapes
{
    /// <summary>Resolves in place.</summary>
    /// <param name="text">A text that a JSON reader has accepted, without its quotation marks. Escaped characters outside ASCII become zero bytes.</param>
    /// <returns>The length of the result at its beginning.</returns>
    public static int Resolve(Span<byte> text)
    {
        var (from, to) = (0, 0);
        while (from < text.Length)
        {
            var next = text[from..].IndexOf((byte)'\\');
            var run = next < 0 ? text.Length - from : next;
            text.Slice(from, run).CopyTo(text[to..]);
            (from, to) = (from + run, to + run);
            if (from + 1 < text.Length) text[to++] = ResolveOne(text, ref from);
            else break;
        }

        return to;
    }

    private static byte ResolveOne(ReadOnlySpan<byte> text, ref int from)
    {
        var code = text[from + 1];
        from += 2;
        if (code != 'u')
        {
            return code switch
            {
                (byte)'n' => (byte)'\n',
                (byte)'r' => (byte)'\r',
                (byte)'t' => (byte)'\t',
                (byte)'b' or (byte)'f' => 0,
                _ => code,
            };
        }

        var digits = text.Slice(from, 4);
        from += 4;
        return int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && value < 0x80 ? (byte)value : (byte)0;
    }
}
