using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageSearch.Embedding.Pictures.Thumbnails.WebP;

/// <summary>The quantized coefficients of a block, in the order in which they are coded: along the diagonals, low frequencies first.</summary>
internal struct CoefficientBlock
{
    /// <summary>Coefficients of a block.</summary>
    internal const int Size = 16;

    private Order _levels;

    /// <summary>The position of the last coefficient that is not 0; -1 if there is none.</summary>
    internal int Last { get; private set; }

    /// <summary>Whether a coefficient is not 0.</summary>
    internal readonly bool IsCoded => Last >= 0;

    /// <summary>The coefficients.</summary>
    [UnscopedRef]
    internal readonly ReadOnlySpan<short> Levels => _levels;

    /// <summary>Removes all coefficients.</summary>
    internal void Clear() => Last = -1;

    /// <summary>Orders coefficients.</summary>
    /// <param name="upper">The first two rows.</param>
    /// <param name="lower">The last two rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static CoefficientBlock Of(Vector128<short> upper, Vector128<short> lower)
    {
        // 0 1 4 8 5 2 3 6 and 9 12 13 10 7 11 14 15: one of each half comes from the other rows.
        var first = Vector128.Shuffle(upper, Vector128.Create((short)0, 1, 4, -1, 5, 2, 3, 6)).WithElement(3, lower[0]);
        var second = Vector128.Shuffle(lower, Vector128.Create((short)1, 4, 5, 2, -1, 3, 6, 7)).WithElement(4, upper[7]);
        var zeros = Vector128.Equals(first, Vector128<short>.Zero).ExtractMostSignificantBits()
            | (Vector128.Equals(second, Vector128<short>.Zero).ExtractMostSignificantBits() << Vector128<short>.Count);
        var block = new CoefficientBlock { Last = BitOperations.Log2(((~zeros & 0xFFFF) << 1) | 1) - 1 };
        first.CopyTo(block._levels);
        second.CopyTo(block._levels[Vector128<short>.Count..]);
        return block;
    }

    [InlineArray(Size)]
    private struct Order
    {
        private short _level;
    }
}
