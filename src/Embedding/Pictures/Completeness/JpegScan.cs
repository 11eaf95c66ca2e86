namespace ImageSearch.Embedding.Pictures.Completeness;

/// <summary>A component in a scan, with its tables.</summary>
internal readonly record struct JpegScanPart(int Component, JpegEntropyTable? Dc, JpegEntropyTable? Ac);

/// <summary>A scan header: the components, coefficients and bits of the data that follows.</summary>
internal sealed record JpegScan(JpegScanPart[] Parts, int First, int Last, int High, int Low)
{
    /// <summary>Reads the segment.</summary>
    /// <param name="body">The segment after its length.</param>
    /// <param name="frame">The frame of the scan.</param>
    /// <param name="tables">The tables defined so far: four for DC, then four for AC.</param>
    /// <returns>The scan, or null if it does not match the frame.</returns>
    internal static JpegScan? Read(ReadOnlySpan<byte> body, JpegFrame frame, JpegEntropyTable?[] tables)
    {
        if (body.Length < 1 || body[0] is 0 or > 4 || body.Length < 4 + (2 * body[0])) return null;
        var parts = new JpegScanPart[body[0]];
        for (var index = 0; index < parts.Length; index++)
        {
            var id = body[1 + (2 * index)];
            var component = Array.FindIndex(frame.Components, candidate => candidate.Id == id);
            if (component < 0) return null;
            var selected = body[2 + (2 * index)];
            parts[index] = new JpegScanPart(component, tables[(selected >> 4) & 3], tables[4 + (selected & 3)]);
        }

        var spectrum = body[(1 + (2 * parts.Length))..];
        var scan = frame.IsProgressive
            ? new JpegScan(parts, spectrum[0], spectrum[1], spectrum[2] >> 4, spectrum[2] & 15)
            : new JpegScan(parts, 0, 63, 0, 0);
        var isValid = scan.First <= scan.Last && scan.Last < 64 && (scan.First == 0 ? scan.Last == 0 || !frame.IsProgressive : parts.Length == 1);
        return isValid ? scan : null;
    }

    /// <summary>The number of MCUs in the scan. In a scan of one component, each block is an MCU.</summary>
    internal int Mcus(JpegFrame frame) => Parts.Length > 1
        ? frame.McuColumns * frame.McuRows
        : frame.Components[Parts[0].Component].Columns * frame.Components[Parts[0].Component].Rows;
}
