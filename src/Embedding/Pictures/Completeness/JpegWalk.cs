using System.Buffers.Binary;

namespace ImageSearch.Embedding.Pictures.Completeness;

/// <summary>Walks a JPEG segment by segment and scan by scan, up to the end of its picture.</summary>
/// <param name="pieces">Receives the parts of the picture; null if they are not needed.</param>
internal sealed class JpegWalk(List<JpegPiece>? pieces)
{
    // The offset of each definition, four for DC, then four for AC. Tables are read on use: a file can define any number and use few.
    private readonly int[] _definitions = new int[8];
    private readonly JpegEntropyTable?[] _tables = new JpegEntropyTable?[8];
    private readonly List<ulong[]> _nonzero = [];
    private JpegFrame? _frame;
    private JpegCoverage? _coverage;
    private int _interval;
    private bool _isMalformed;

    /// <summary>Checks completeness by the headers and data of the scans.</summary>
    /// <param name="file">The file.</param>
    /// <param name="headersOnly">Whether the data of the scans is ignored.</param>
    internal JpegVerdict Check(ReadOnlySpan<byte> file, bool headersOnly = false)
    {
        var at = 2;
        while (true)
        {
            var before = at;
            var marker = JpegMarker.Next(file, ref at, out var from);
            if (marker is null or JpegMarker.EndOfImage) return Ended(file, marker);
            if (JpegMarker.IsAlone(marker.Value)) continue;
            if (JpegMarker.IsOtherFrame(marker.Value)) return JpegVerdict.Unknown;
            if (at + 2 > file.Length) return JpegVerdict.Truncated;
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
            if (length < 2) return JpegVerdict.Unknown;
            if (at + length > file.Length) return JpegVerdict.Truncated;
            var body = file.Slice(at + 2, length - 2);
            _isMalformed |= from != before;
            at += length;
            pieces?.Add(new JpegPiece(from, at, null));
            switch (marker.Value)
            {
                case JpegMarker.SequentialFrame or JpegMarker.ExtendedFrame or JpegMarker.ProgressiveFrame when _frame is null:
                    _frame = JpegFrame.Read(marker.Value, body);
                    if (_frame is null) return JpegVerdict.Unknown;
                    _coverage = new JpegCoverage(_frame.Components.Length);
                    break;
                case JpegMarker.HuffmanTables:
                    if (!headersOnly && !FindTables(file, at - body.Length, at)) return JpegVerdict.Unknown;
                    break;
                case JpegMarker.RestartInterval when body.Length >= 2:
                    _interval = BinaryPrimitives.ReadUInt16BigEndian(body);
                    break;
                case JpegMarker.StartOfScan:
                    if (_frame is not null && !headersOnly) ReadTables(file);
                    if (_frame is null || JpegScan.Read(body, _frame, _tables) is not { } scan) return JpegVerdict.Unknown;
                    if (!_coverage!.Add(scan)) return JpegVerdict.Damaged;
                    if (!headersOnly && Scan(file, scan, ref at) is var verdict and not JpegVerdict.Complete) return verdict;
                    if (!_frame.IsProgressive && _coverage.IsComplete) return Ended(file, PeekMarker(file, at));
                    break;
            }
        }
    }

    private static byte? PeekMarker(ReadOnlySpan<byte> file, int at) => JpegMarker.Next(file, ref at, out _);

    private JpegVerdict Ended(ReadOnlySpan<byte> file, byte? marker)
    {
        if (_coverage is not { IsComplete: true }) return marker is null ? JpegVerdict.Truncated : JpegVerdict.Damaged;
        return _isMalformed || marker is null ? JpegVerdict.CompleteButMalformed : JpegVerdict.Complete;
    }

    private bool FindTables(ReadOnlySpan<byte> file, int from, int to)
    {
        while (from < to)
        {
            var (kind, id) = (file[from] >> 4, file[from] & 15);
            if (kind > 1 || id > 3 || JpegEntropyTable.BytesOf(file[(from + 1)..to]) is not { } bytes) return false;
            _definitions[(4 * kind) + id] = from + 1;
            _tables[(4 * kind) + id] = null;
            from += 1 + bytes;
        }

        return true;
    }

    private void ReadTables(ReadOnlySpan<byte> file)
    {
        for (var index = 0; index < _tables.Length; index++)
        {
            if (_definitions[index] is > 0 and var from)
                _tables[index] ??= JpegEntropyTable.Read(file[from..], forRuns: index >= 4 && !_frame!.IsProgressive);
        }
    }

    private JpegVerdict Scan(ReadOnlySpan<byte> file, JpegScan scan, ref int at)
    {
        var needsDc = scan.First == 0 && scan.High == 0;
        var needsAc = scan.Last > 0;
        foreach (var part in scan.Parts)
        {
            if ((needsDc && part.Dc is null) || (needsAc && part.Ac is null)) return JpegVerdict.Unknown;
        }

        var walk = new JpegScanWalk(file, pieces);
        var verdict = walk.Walk(at, Mcus(scan), scan.Mcus(_frame!), _interval);
        _isMalformed |= walk.IsMalformed;
        if (verdict == JpegVerdict.Complete) at = walk.End;
        return verdict;
    }

    private IJpegMcus Mcus(JpegScan scan)
    {
        if (!_frame!.IsProgressive) return new SequentialMcus(_frame, scan);
        if (_nonzero.Count == 0)
            _nonzero.AddRange(_frame.Components.Select(component => new ulong[component.Stride * _frame.McuRows * component.Down]));
        return new ProgressiveMcus(_frame, scan, _nonzero[scan.Parts[0].Component]);
    }
}
