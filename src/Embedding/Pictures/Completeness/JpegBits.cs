using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ImageSearch.Embedding.Pictures.Completeness;

/// <summary>
/// Reads the bits between two markers of a JPEG, without the zero byte after each 0xFF. After the last bit it returns zeros.
/// </summary>
internal ref struct JpegBits
{
    private readonly ReadOnlySpan<byte> _file;
    private int _at;
    private ulong _bits;
    private int _count;
    private int _paddingBits;

    internal JpegBits(ReadOnlySpan<byte> file, int at)
    {
        _file = file;
        _at = at;
    }

    /// <summary>Whether more bits were read than exist.</summary>
    internal readonly bool AreMissing => _count < _paddingBits;

    /// <summary>The next 16 bits.</summary>
    internal readonly int Next16 => (int)(_bits >> 48);

    /// <summary>Buffers at least 48 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Fill()
    {
        if (_count >= 48) return;
        if (_at + 8 <= _file.Length)
        {
            var next = BinaryPrimitives.ReadUInt64BigEndian(_file[_at..]);
            // None of the eight bytes is 0xFF.
            if (((~next - 0x0101010101010101) & next & 0x8080808080808080) == 0)
            {
                _bits |= next >> _count;
                _at += (63 - _count) >> 3;
                _count |= 56;
                return;
            }
        }

        FillBytes();
    }

    /// <summary>Skips buffered bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Skip(int bits)
    {
        _bits <<= bits;
        _count -= bits;
    }

    /// <summary>Reads buffered bits, at least one.</summary>
    internal int Take(int bits)
    {
        var taken = (int)(_bits >> (64 - bits));
        Skip(bits);
        return taken;
    }

    /// <summary>Ends the part of whole bytes.</summary>
    /// <param name="paddedWithOnes">Whether the remaining bits of the last byte are ones, as the standard requires.</param>
    /// <returns>The offset after the last byte that bits were read from.</returns>
    internal readonly int End(out bool paddedWithOnes)
    {
        var left = _count - _paddingBits;
        var padding = left & 7;
        paddedWithOnes = padding == 0 || _bits >> (64 - padding) == (1UL << padding) - 1;
        var at = _at;
        for (var bytes = left >> 3; bytes > 0; bytes--) at -= at >= 2 && _file[at - 1] == 0 && _file[at - 2] == JpegMarker.Prefix ? 2 : 1;
        return at;
    }

    /// <summary>Skips a block of 64 coefficients of a sequential scan.</summary>
    /// <returns>Whether the bits are valid.</returns>
    internal bool TrySkipBlock(JpegEntropyTable dc, JpegEntropyTable ac)
    {
        Fill();
        var size = dc.Symbol(Next16, out var length);
        if (size is < 0 or > 15) return false;
        Skip(length + size);

        // Local copies stay in registers; fields would be written and read with each lookup.
        var (bits, count) = (_bits, _count);
        var runs = ac.Runs;
        var k = 1;
        while (k < 64)
        {
            if (count < JpegEntropyTable.LookupBits)
            {
                (_bits, _count) = (bits, count);
                Fill();
                (bits, count) = (_bits, _count);
            }

            int run = runs[(int)(bits >> (64 - JpegEntropyTable.LookupBits))];
            var after = k + (run & 0x7F);
            if (run != 0 && after + (run >> 7 & 1) <= 64)
            {
                bits <<= run >> 8;
                count -= run >> 8;
                if ((run & JpegEntropyTable.EndOfBlock) != 0) break;
                k = after;
                continue;
            }

            (_bits, _count) = (bits, count);
            Fill();
            var symbol = ac.Symbol(Next16, out length);
            if (symbol < 0) return false;
            Skip(length + (symbol & 15));
            (bits, count) = (_bits, _count);
            if ((symbol & 15) == 0 && symbol != 0xF0) break;
            k += (symbol >> 4) + 1;
            if (k > 64) return false;
        }

        (_bits, _count) = (bits, count);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FillBytes()
    {
        // The fast path leaves bits of a byte that is not yet consumed.
        _bits = _count == 0 ? 0 : _bits & (ulong.MaxValue << (64 - _count));
        for (; _count <= 56; _count += 8)
        {
            if (_at < _file.Length && _file[_at] != JpegMarker.Prefix)
            {
                _bits |= (ulong)_file[_at++] << (56 - _count);
            }
            else if (_at + 1 < _file.Length && _file[_at + 1] == 0)
            {
                _bits |= 0xFFUL << (56 - _count);
                _at += 2;
            }
            else
            {
                _paddingBits += 8;
            }
        }
    }
}
