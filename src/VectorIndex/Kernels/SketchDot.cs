using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageSearch.VectorIndex.Kernels;

/// <summary>
/// The sum of 4-bit query values whose bit is set in a sketch: the query is stored as bit planes, so that it takes one AND and one
/// population count per plane. Of every 256 values the planes lie one after another, lowest first.
/// </summary>
internal static unsafe class SketchDot
{
    public const int Planes = 4;

    /// <summary>Bits come in groups of one 256-bit vector.</summary>
    public const int GroupBits = 256;

    private const int GroupBytes = GroupBits / 8;

    /// <param name="planes">The planes of the query.</param>
    /// <param name="bits">The bits of a sketch.</param>
    /// <param name="groups">Number of groups of 256 bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of(byte* planes, byte* bits, int groups) =>
        Avx2.IsSupported ? WithAvx2(planes, bits, groups) : Portable(planes, bits, groups);

    public static int Portable(byte* planes, byte* bits, int groups)
    {
        int ones = 0, twos = 0, fours = 0, eights = 0;
        for (int group = 0; group < groups; group++, planes += Planes * GroupBytes)
        {
            for (int i = 0; i < GroupBytes; i += sizeof(ulong), bits += sizeof(ulong))
            {
                ulong word = *(ulong*)bits;
                ones += BitOperations.PopCount(word & *(ulong*)(planes + i));
                twos += BitOperations.PopCount(word & *(ulong*)(planes + i + GroupBytes));
                fours += BitOperations.PopCount(word & *(ulong*)(planes + i + (2 * GroupBytes)));
                eights += BitOperations.PopCount(word & *(ulong*)(planes + i + (3 * GroupBytes)));
            }
        }

        return ones + (2 * twos) + (4 * fours) + (8 * eights);
    }

    /// <summary>Counts by table look-ups of half bytes. The tables contain the weights of the planes; a byte's sum is at most 120.</summary>
    private static int WithAvx2(byte* planes, byte* bits, int groups)
    {
        Vector256<byte> ones = Vector256.Create(Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4));
        Vector256<byte> twos = ones + ones, fours = twos + twos, eights = fours + fours;
        Vector256<long> sum = default;
        for (byte* end = bits + (groups * GroupBytes); bits < end; bits += GroupBytes, planes += Planes * GroupBytes)
        {
            var word = Vector256.Load(bits);
            Vector256<byte> count = Count(word & Vector256.Load(planes), ones) + Count(word & Vector256.Load(planes + GroupBytes), twos)
                + Count(word & Vector256.Load(planes + (2 * GroupBytes)), fours) + Count(word & Vector256.Load(planes + (3 * GroupBytes)), eights);
            sum += Avx2.SumAbsoluteDifferences(count, default).AsInt64();
        }

        return (int)Vector256.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Count(Vector256<byte> bits, Vector256<byte> table)
    {
        var halfByte = Vector256.Create((byte)0x0F);
        return Avx2.Shuffle(table, bits & halfByte) + Avx2.Shuffle(table, (bits.AsUInt16() >> 4).AsByte() & halfByte);
    }
}
