namespace ImageSearch.Embedding.Pictures.Completeness;

/// <summary>
/// A Huffman table of a JPEG that skips coefficients without decoding their values: one lookup skips as many symbols, with their value
/// bits, as fit into its bits.
/// </summary>
internal sealed class JpegEntropyTable
{
    /// <summary>
    /// Bits per lookup. 10 is the fastest for files below 100 KB with tables of their own; 12 walks 5 % faster.
    /// </summary>
    internal const int LookupBits = 10;

    /// <summary>Flag of <see cref="Runs"/>: the block ends.</summary>
    internal const int EndOfBlock = 0x80;

    private const int MaxCodeLength = 16;

    // Per code length: the first code after those of this length, aligned to 16 bits, and the offset from a code to the index of its
    // symbol.
    private readonly int[] _end = new int[MaxCodeLength + 1];
    private readonly int[] _offset = new int[MaxCodeLength + 1];
    private readonly byte[] _counts;
    private readonly byte[] _symbols;
    private readonly ushort[] _singles;
    private readonly ushort[] _runs = [];

    internal JpegEntropyTable(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols, bool forRuns)
    {
        _counts = counts.ToArray();
        _symbols = symbols.ToArray();
        var (code, place) = (0, 0);
        for (var length = 1; length <= MaxCodeLength; length++)
        {
            _offset[length] = place - code;
            code += counts[length - 1];
            place += counts[length - 1];
            _end[length] = code << (MaxCodeLength - length);
            code <<= 1;
        }

        _singles = Singles();
        if (!forRuns) return;
        _runs = new ushort[1 << LookupBits];
        for (var prefix = 0; prefix < _runs.Length; prefix++) _runs[prefix] = RunOf(prefix, _singles);
    }

    /// <summary>Reads a table of a DHT segment.</summary>
    /// <param name="definition">The definition, from the sixteen counts on.</param>
    /// <param name="forRuns">Whether <see cref="Runs"/> are needed, as for AC tables.</param>
    /// <returns>The table, or null if the segment is too short or the codes are invalid.</returns>
    internal static JpegEntropyTable? Read(ReadOnlySpan<byte> definition, bool forRuns)
    {
        if (definition.Length < MaxCodeLength) return null;
        var (total, code) = (0, 0);
        for (var length = 0; length < MaxCodeLength; length++)
        {
            total += definition[length];
            code = (code << 1) + definition[length];
            if (code > 2 << length) return null;
        }

        return total is 0 or > 256 || definition.Length < MaxCodeLength + total
            ? null
            : RecentEntropyTables.Get(definition[..MaxCodeLength], definition.Slice(MaxCodeLength, total), forRuns);
    }

    /// <summary>Whether this is the table of a definition.</summary>
    internal bool Is(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols, bool forRuns) =>
        forRuns == _runs.Length > 0 && counts.SequenceEqual(_counts) && symbols.SequenceEqual(_symbols);

    /// <summary>Returns the bytes of a definition, or null if it is truncated.</summary>
    internal static int? BytesOf(ReadOnlySpan<byte> definition)
    {
        var total = MaxCodeLength;
        foreach (var count in definition[..Math.Min(MaxCodeLength, definition.Length)]) total += count;
        return definition.Length < total ? null : total;
    }

    /// <summary>Looks up one symbol.</summary>
    /// <param name="next">The next 16 bits.</param>
    /// <param name="length">The length of its code.</param>
    /// <returns>The symbol, or -1 if no code matches.</returns>
    internal int Symbol(int next, out int length)
    {
        var single = _singles[next >> (MaxCodeLength - LookupBits)];
        if (single != 0)
        {
            length = (single >> 8) - (single & 15);
            return single & 0xFF;
        }

        return LongSymbol(next, out length);
    }

    private int LongSymbol(int next, out int length)
    {
        for (length = 1; length <= MaxCodeLength; length++)
        {
            if (next < _end[length]) return _symbols[(next >> (MaxCodeLength - length)) + _offset[length]];
        }

        return -1;
    }

    /// <summary>
    /// What each prefix of <see cref="LookupBits"/> bits skips: the bits shifted left by 8, the coefficients, and <see cref="EndOfBlock"/>;
    /// 0 if not even one symbol fits.
    /// </summary>
    internal ReadOnlySpan<ushort> Runs => _runs;

    // Per prefix: the bits of the code and its value shifted left by 8, and the symbol; 0 if they do not fit.
    private ushort[] Singles()
    {
        var singles = new ushort[1 << LookupBits];
        for (var prefix = 0; prefix < singles.Length; prefix++)
        {
            var symbol = LongSymbol(prefix << (MaxCodeLength - LookupBits), out var length);
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
            // Of symbols without a value, only a run of sixteen zeros continues the block. Others are invalid in a sequential scan and left
            // to Symbol.
            if ((symbol & 15) == 0 && symbol != 0xF0) return 0;
            coefficients += advance;
        }

        return coefficients > 0x7F ? (ushort)0 : (ushort)((bits << 8) | coefficients);
    }
}
