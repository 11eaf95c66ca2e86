namespace ImageSearch.Embedding.Pictures.Completeness;

/// <summary>Walks the data of a scan and counts its MCUs.</summary>
internal ref struct JpegScanWalk(ReadOnlySpan<byte> file, List<JpegPiece>? pieces)
{
    /// <summary>
    /// Greatest number of ignored bytes between the data and the next marker. Cameras write a few. More of them are data that the MCUs
    /// should have used, unless all bytes are equal.
    /// </summary>
    private const int MaxStrayBytes = 16;

    private readonly ReadOnlySpan<byte> _file = file;

    /// <summary>Whether something violates the standard.</summary>
    internal bool IsMalformed { get; private set; }

    /// <summary>The offset of the end of the scan.</summary>
    internal int End { get; private set; }

    /// <summary>Walks the scan.</summary>
    /// <param name="from">The offset of the data.</param>
    /// <param name="mcus">Skips the MCUs.</param>
    /// <param name="count">The expected number of MCUs.</param>
    /// <param name="interval">MCUs per restart interval; 0 if there are no restart markers.</param>
    internal JpegVerdict Walk(int from, IJpegMcus mcus, int count, int interval)
    {
        var restarts = 0;
        var at = from;
        for (var left = count; left > 0;)
        {
            mcus.Restart();
            var bits = new JpegBits(_file, at);
            var until = interval == 0 ? 0 : Math.Max(0, left - interval);
            for (; left > until; left--)
            {
                var valid = mcus.TrySkip(ref bits);
                if (bits.AreMissing) return Missing(at);
                if (!valid) return JpegVerdict.Damaged;
            }

            if (!mcus.MayEnd) return JpegVerdict.Damaged;
            var end = bits.End(out var padded);
            pieces?.Add(new JpegPiece(at, end, restarts == 0 ? null : restarts - 1));
            var place = end;
            var marker = JpegMarker.Next(_file, ref place, out var markerOffset);
            var stray = _file[end..markerOffset];
            var isSmall = stray.Length <= MaxStrayBytes && (padded || stray.Length == 0);
            if (left == 0)
            {
                if (!isSmall && stray.IndexOfAnyExcept(stray[0]) >= 0) return JpegVerdict.Damaged;
                IsMalformed |= stray.Length > 0 || marker is null || JpegMarker.IsRestart(marker.Value);
                End = markerOffset;
                return JpegVerdict.Complete;
            }

            IsMalformed |= stray.Length > 0 || marker != JpegMarker.FirstRestart + (restarts & 7);
            at = IsRestartBehind(marker, restarts, stray, isSmall) ? place : end;
            restarts++;
        }

        return JpegVerdict.Complete;
    }

    // Otherwise the marker is missing and the next interval follows immediately.
    private static bool IsRestartBehind(byte? marker, int restarts, ReadOnlySpan<byte> stray, bool isSmall)
    {
        if (marker is not { } code || !JpegMarker.IsRestart(code)) return false;
        return stray.Length == 0 || code == JpegMarker.FirstRestart + (restarts & 7) && (isSmall || stray.IndexOfAnyExcept(stray[0]) < 0);
    }

    // If data ends at a marker before the end of the file, a part within is missing.
    private readonly JpegVerdict Missing(int at)
    {
        while (JpegMarker.Next(_file, ref at, out _) is { } marker)
        {
            if (JpegMarker.IsRestart(marker)) return JpegVerdict.Damaged;
            if (marker == JpegMarker.EndOfImage) return JpegVerdict.Damaged;
        }

        return JpegVerdict.Truncated;
    }
}
