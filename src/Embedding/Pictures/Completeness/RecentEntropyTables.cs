namespace ImageSearch.Embedding.Pictures.Completeness;

/// <summary>
/// The Huffman tables of recent files. Most encoders write the standard ones, so most files build none: four tables are 12 KB. A table is
/// immutable and shared by threads.
/// </summary>
internal static class RecentEntropyTables
{
    private const int Slots = 64;

    private static readonly JpegEntropyTable?[] Tables = new JpegEntropyTable?[Slots];

    /// <summary>The table of a valid definition. It replaces another one whose definition has the same slot.</summary>
    internal static JpegEntropyTable Get(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols, bool forRuns)
    {
        ref var slot = ref Tables[SlotOf(counts, symbols, forRuns)];
        if (Volatile.Read(ref slot) is { } recent && recent.Is(counts, symbols, forRuns)) return recent;
        var table = new JpegEntropyTable(counts, symbols, forRuns);
        Volatile.Write(ref slot, table);
        return table;
    }

    private static int SlotOf(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols, bool forRuns)
    {
        var hash = forRuns ? 1u : 0u;
        foreach (var count in counts) hash = (hash * 31) + count;
        foreach (var symbol in symbols) hash = (hash * 31) + symbol;
        return (int)((hash ^ (hash >> 16)) % Slots);
    }
}
