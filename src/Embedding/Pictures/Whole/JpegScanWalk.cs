namespace ImageSearch.Embedding.Pictures.Whole;

/// <summary>Walks over the data of a scan, counting MCUs.</summary>
internal ref struct JpegScanWalk(ReadOnlySpan<byte> file, List<JpegPiece>? pieces)
{
    /// <summary>
    /// Bytes between the data and the marker behind them that are passed over. Cameras write a few; more of them are data that the
    /// MCUs before should have used, unless all are the same.
    /// </summary>
    private const int MaxStrayBytes = 16;

    private readonly ReadOnlySpan<byte> _file = file;

    /// <summary>Whether something was not as the standard asks.</summary>
    internal bool IsOdd { get; private set; }

    /// <summary>Where the scan ended.</summary>
    internal int End { get; private set; }

    /// <summary>Walks.</summary>
    /// <param name="from">Where the scan's data begin.</param>
    /// <param name="mcus">Passes over them.</param>
    /// <param name="count">How many there must be.</param>
    /// <param name="interval">MCUs between restart markers; 0: there are none.</param>
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
                var sound = mcus.Pass(ref bits);
                if (bits.AreMissing) return Missing(at);
                if (!sound) return JpegVerdict.Damaged;
            }

            if (!mcus.MayEnd) return JpegVerdict.Damaged;
            var end = bits.End(out var padded);
            pieces?.Add(new JpegPiece(at, end, restarts == 0 ? null : restarts - 1));
            var place = end;
            var marker = JpegMarker.Next(_file, ref place, out var markerAt);
            var stray = _file[end..markerAt];
            var isSmall = stray.Length <= MaxStrayBytes && (padded || stray.Length == 0);
            if (left == 0)
            {
                if (!isSmall && stray.IndexOfAnyExcept(stray[0]) >= 0) return JpegVerdict.Damaged;
                IsOdd |= stray.Length > 0 || marker is null || JpegMarker.IsRestart(marker.Value);
                End = markerAt;
                return JpegVerdict.Whole;
            }

            IsOdd |= stray.Length > 0 || marker != JpegMarker.FirstRestart + (restarts & 7);
            at = IsRestartBehind(marker, restarts, stray, isSmall) ? place : end;
            restarts++;
        }

        return JpegVerdict.Whole;
    }

    // Else the marker was left out, and the next part follows at once.
    private static bool IsRestartBehind(byte? marker, int restarts, ReadOnlySpan<byte> stray, bool isSmall)
    {
        if (marker is not { } code || !JpegMarker.IsRestart(code)) return false;
        return stray.Length == 0 || code == JpegMarker.FirstRestart + (restarts & 7) && (isSmall || stray.IndexOfAnyExcept(stray[0]) < 0);
    }

    // Data that end at a marker in the file's midst lack a part within.
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
