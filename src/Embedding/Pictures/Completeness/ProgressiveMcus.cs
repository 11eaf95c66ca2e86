using System.Numerics;

namespace ImageSearch.Embedding.Pictures.Completeness;

/// <summary>The MCUs of a progressive scan.</summary>
/// <param name="frame">The frame.</param>
/// <param name="scan">The scan, which has the tables that it needs.</param>
/// <param name="nonzero">
/// A bit for each nonzero coefficient, per block of the scan's component. Refining scans have a correction bit for each.
/// </param>
internal sealed class ProgressiveMcus(JpegFrame frame, JpegScan scan, ulong[] nonzero) : IJpegMcus
{
    private readonly JpegComponent _component = frame.Components[scan.Parts[0].Component];
    private int _block;
    private int _emptyBlocks;

    /// <inheritdoc/>
    public bool MayEnd => _emptyBlocks == 0;

    /// <inheritdoc/>
    public void Restart() => _emptyBlocks = 0;

    /// <inheritdoc/>
    public bool TrySkip(ref JpegBits bits)
    {
        if (scan.First == 0) return TrySkipDc(ref bits);
        ref var values = ref nonzero[(_block / _component.Columns * _component.Stride) + (_block % _component.Columns)];
        _block++;
        return scan.High == 0 ? TrySkipBand(ref bits, ref values) : TryRefineBand(ref bits, ref values);
    }

    private bool TrySkipDc(ref JpegBits bits)
    {
        foreach (var part in scan.Parts)
        {
            var component = frame.Components[part.Component];
            for (var blocks = scan.Parts.Length == 1 ? 1 : component.Across * component.Down; blocks > 0; blocks--)
            {
                bits.Fill();
                if (scan.High > 0)
                {
                    bits.Skip(1);
                    continue;
                }

                var size = part.Dc!.Symbol(bits.Next16, out var length);
                if (size is < 0 or > 15) return false;
                bits.Skip(length + size);
            }
        }

        return true;
    }

    private bool TrySkipBand(ref JpegBits bits, ref ulong values)
    {
        if (_emptyBlocks > 0)
        {
            _emptyBlocks--;
            return true;
        }

        for (var k = scan.First; k <= scan.Last; k++)
        {
            if (!TakeSymbol(ref bits, out var zeros, out var size)) return false;
            if (size == 0 && zeros < 15)
            {
                _emptyBlocks = EmptyBlocks(ref bits, zeros) - 1;
                return true;
            }

            k += zeros;
            if (k > scan.Last) return false;
            if (size == 0) continue;
            bits.Skip(size);
            values |= 1UL << k;
        }

        return true;
    }

    private bool TryRefineBand(ref JpegBits bits, ref ulong values)
    {
        var k = scan.First;
        while (_emptyBlocks == 0 && k <= scan.Last)
        {
            if (!TakeSymbol(ref bits, out var zeros, out var size) || size > 1) return false;
            if (size == 0 && zeros < 15)
            {
                _emptyBlocks = EmptyBlocks(ref bits, zeros);
                break;
            }

            if (size == 1) bits.Skip(1);
            // Skips zero coefficients, and the correction bits of nonzero ones between them.
            for (; k <= scan.Last; k++)
            {
                if ((values >> k & 1) == 0)
                {
                    if (--zeros < 0) break;
                    continue;
                }

                bits.Fill();
                bits.Skip(1);
            }

            if (size == 1)
            {
                if (k > scan.Last) return false;
                values |= 1UL << k;
            }

            k++;
        }

        if (_emptyBlocks == 0) return true;
        _emptyBlocks--;
        if (k > scan.Last) return true;
        var corrected = BitOperations.PopCount(values >> k & (ulong.MaxValue >> (63 - (scan.Last - k))));
        bits.Fill();
        bits.Skip(Math.Min(corrected, 32));
        bits.Fill();
        bits.Skip(Math.Max(0, corrected - 32));
        return true;
    }

    private bool TakeSymbol(ref JpegBits bits, out int zeros, out int size)
    {
        bits.Fill();
        var symbol = scan.Parts[0].Ac!.Symbol(bits.Next16, out var length);
        (zeros, size) = (symbol >> 4, symbol & 15);
        if (symbol < 0) return false;
        bits.Skip(length);
        return true;
    }

    // The length of a run of blocks that end here, including this one.
    private static int EmptyBlocks(ref JpegBits bits, int size) => size == 0 ? 1 : (1 << size) + bits.Take(size);
}
