using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace ImageSearch.VectorIndex.Kernels;

/// <summary>
/// The dot product instructions of Arm take 8-bit operands, so a query value is split in two: v = 128·high + low with low in -64..63. Of
/// the 32 bytes of each 16 values, the first 16 are the high parts and the last 16 the low parts.
/// </summary>
internal static unsafe class CodeDotArm
{
    private const int Group = 16;

    public static bool IsSupported => Dp.IsSupported;

    public static int Of(short* query, sbyte* code, int length)
    {
        Vector128<int> high = default, low = default, high2 = default, low2 = default;
        sbyte* parts = (sbyte*)query;
        for (sbyte* end = code + length; code < end; code += 2 * Group, parts += 4 * Group)
        {
            Vector128<sbyte> first = Vector128.Load(code);
            Vector128<sbyte> second = Vector128.Load(code + Group);
            high = Dp.DotProduct(high, Vector128.Load(parts), first);
            low = Dp.DotProduct(low, Vector128.Load(parts + Group), first);
            high2 = Dp.DotProduct(high2, Vector128.Load(parts + (2 * Group)), second);
            low2 = Dp.DotProduct(low2, Vector128.Load(parts + (3 * Group)), second);
        }

        return (Vector128.Sum(high + high2) * 128) + Vector128.Sum(low + low2);
    }

    /// <summary>Splits values in place. Without intrinsics, so that the tests cover it on any processor.</summary>
    public static void Arrange(short* query, int length)
    {
        sbyte* parts = stackalloc sbyte[2 * Group];
        for (int start = 0; start < length; start += Group)
        {
            for (int i = 0; i < Group; i++)
            {
                int value = query[start + i];
                int high = (value + 64) >> 7;
                parts[i] = (sbyte)high;
                parts[Group + i] = (sbyte)(value - (128 * high));
            }

            new ReadOnlySpan<sbyte>(parts, 2 * Group).CopyTo(new Span<sbyte>(query + start, 2 * Group));
        }
    }
}
