namespace ImageSearch.Embedding.Pictures.Completeness;

/// <summary>The markers of a JPEG.</summary>
internal static class JpegMarker
{
    internal const byte Prefix = 0xFF;
    internal const byte SequentialFrame = 0xC0;
    internal const byte ExtendedFrame = 0xC1;
    internal const byte ProgressiveFrame = 0xC2;
    internal const byte HuffmanTables = 0xC4;
    internal const byte FirstRestart = 0xD0;
    internal const byte StartOfImage = 0xD8;
    internal const byte EndOfImage = 0xD9;
    internal const byte StartOfScan = 0xDA;
    internal const byte RestartInterval = 0xDD;
    internal const byte FirstApplication = 0xE0;
    internal const byte LastApplication = 0xEF;
    internal const byte Comment = 0xFE;

    /// <summary>Frames of other processes: lossless, arithmetic, hierarchical.</summary>
    internal static bool IsOtherFrame(byte marker) =>
        marker is >= 0xC3 and <= 0xCF and not (HuffmanTables or 0xC8 or 0xCC);

    /// <summary>Whether the marker has no length after it.</summary>
    internal static bool IsAlone(byte marker) => marker is 0 or 1 or (>= FirstRestart and <= EndOfImage);

    internal static bool IsRestart(byte marker) => marker is >= FirstRestart and <= 0xD7;

    /// <summary>Finds the next marker.</summary>
    /// <param name="file">The file.</param>
    /// <param name="at">The offset to search from; then the offset after the marker.</param>
    /// <param name="from">The offset of the marker's prefix, after fill bytes.</param>
    /// <returns>The marker, or null at the file's end.</returns>
    internal static byte? Next(ReadOnlySpan<byte> file, ref int at, out int from)
    {
        for (; at < file.Length; at++)
        {
            // Most segments are adjacent, and a search costs ten times as much as this check.
            var found = file[at] == Prefix ? 0 : file[at..].IndexOf(Prefix);
            if (found < 0) break;
            at += found;
            while (at + 1 < file.Length && file[at + 1] == Prefix) at++;
            if (at + 1 >= file.Length) break;
            if (file[at + 1] == 0) continue;
            from = at;
            at += 2;
            return file[at - 1];
        }

        from = at = file.Length;
        return null;
    }
}
