namespace ImageSearch.Embedding.Pictures.Whole;

/// <summary>
/// A Huffman table of a JPEG, for walking over coefficients without their values: a look-up passes over as many symbols, with the value
/// bits that follow each, as its bits hold.
/// </summary>
internal sealed class JpegEntropyTable
{
    /// <summary>Bits of a look-up. 10 is the fastest for files below 100 KB, whose tables are made for each: 12 walk 5 % faster.</summary>
    internal const int LookupBits = 10;

    /// <summary>Of <see cref="Runs"/>: the block ends.</summary>
    internal const int EndOfBlock = 0x80;

    private const int LongestCode = 16;

    // Per code length: the first code after those of this length, aligned to 16 bits, and what added to a code gives its symbol's place.
    private readonly int[] _end = new int[LongestCode + 1];
    private readonly int[] _offset = new int[LongestCode + 1];
    private readonly byte[] _symbols;
    private readonly ushort[] _singles;
    private readonly ushort[] _runs = [];

    private JpegEntropyTable(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols, bool forRuns)
    {
        _symbols = symbols.ToArray();
        var (code, place) = (0, 0);
        for (var length = 1; length <= LongestCode; length++)
        {
            _offset[length] = place - code;
            code += counts[length - 1];
            place += counts[length - 1];
            _end[length] = code << (LongestCode - length);
            code <<= 1;
        }

        _singles = Singles();
        if (!forRuns) return;
        _runs = new ushort[1 << LookupBits];
        for (var prefix = 0; prefix < _runs.Length; prefix++) _runs[prefix] = RunOf(prefix, _singles);
    }

    /// <summary>Reads a table as a DHT segment has it.</summary>
    /// <param name="definition">From the sixteen counts on.</param>
    /// <param name="forRuns">Whether <see cref="Runs"/> are asked for: of AC tables.</param>
    /// <returns>The table, or null where the segment is too short or the codes do not fit.</returns>
    internal static JpegEntropyTable? Read(ReadOnlySpan<byte> definition, bool forRuns)
    {
        if (definition.Length < LongestCode) return null;
        var (total, code) = (0, 0);
        for (var length = 0; length < LongestCode; length++)
        {
            total += definition[length];
            code = (code << 1) + definition[length];
            if (code > 2 << length) return null;
        }

        return total is 0 or > 256 || definition.Length < LongestCode + total
            ? null
            : new JpegEntropyTable(definition[..LongestCode], definition.Slice(LongestCode, total), forRuns);
    }

    /// <summary>Bytes of a definition, or null where it is cut.</summary>
    internal static int? BytesOf(ReadOnlySpan<byte> definition)
    {
        var total = LongestCode;
        foreach (var count in definition[..Math.Min(LongestCode, definition.Length)]) total += count;
        return definition.Length < total ? null : total;
    }

    /// <summary>One symbol.</summary>
    /// <param name="next">The next 16 bits.</param>
    /// <param name="length">Of its code.</param>
    /// <returns>The symbol, or -1 where no code begins so.</returns>
    internal int Symbol(int next, out int length)
    {
        var single = _singles[next >> (LongestCode - LookupBits)];
        if (single != 0)
        {
            length = (single >> 8) - (single & 15);
            return single & 0xFF;
        }

        return LongSymbol(next, out length);
    }

    private int LongSymbol(int next, out int length)
    {
        for (length = 1; length <= LongestCode; length++)
        {
            if (next < _end[length]) return _symbols[(next >> (LongestCode - length)) + _offset[length]];
        }

        return -1;
    }

    /// <summary>
    /// Per <see cref="LookupBits"/> bits what they pass over: bits shifted by 8, then coefficients, with <see cref="EndOfBlock"/>; 0 where
    /// not even one symbol fits.
    /// </summary>
    internal ReadOnlySpan<ushort> Runs => _runs;

    // Per prefix: bits of the code and its value shifted by 8, then the symbol; 0 where they do not fit.
    private ushort[] Singles()
    {
        var singles = new ushort[1 << LookupBits];
        for (var prefix = 0; prefix < singles.Length; prefix++)
        {
            var symbol = LongSymbol(prefix << (LongestCode - LookupBits), out var length);
            var bits = length + (symbol & 15);
            if (symbol >= 0 && bits <= LookupBits) singles[prefix] = (ushort)((bits << 8) | symbol);
        }

        return singles;
    }

    private static ushort RunOf(int prefix, ushort[] singles)
    {
        var (bits, coefficients) = (0, 0);
        while (true)
        {
            var single = singles[(prefix << bits) & ((1 << LookupBits) - 1)];
            if (single == 0 || bits + (single >> 8) > LookupBits || coefficients > 60) break;
            bits += single >> 8;
            var symbol = single & 0xFF;
            if (symbol == 0) return (ushort)((bits << 8) | coefficients | EndOfBlock);
            var advance = (symbol >> 4) + 1;
            // Without a value only a run of sixteen zeros goes on; others are no code of a sequential scan: left to the walk by single symbols.
            if ((symbol & 15) == 0 && symbol != 0xF0) return 0;
            coefficients += advance;
        }

        return coefficients > 0x7F ? (ushort)0 : (ushort)((bits << 8) | coefficients);
    }
}
