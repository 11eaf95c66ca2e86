using System.Runtime.CompilerServices;
using ImageSearch.VectorIndex.Codes;

namespace ImageSearch.VectorIndex.Kernels;

/// <summary>
/// The inner product of a query in 16 bits with a code in 8 bits, exact in 32-bit integers: whoever makes the query keeps its values so
/// small that no sum can overflow (see <see cref="QueryCode"/>). The choice among the kernels is made once, when the method is compiled.
/// </summary>
internal static unsafe class CodeDot
{
    /// <summary>Lengths are multiples of this, one cache line of codes.</summary>
    public const int Step = 64;

    /// <param name="query">Values as <see cref="Arrange"/> left them.</param>
    /// <param name="code">A code of as many bytes.</param>
    /// <param name="length">A multiple of <see cref="Step"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of(short* query, sbyte* code, int length)
    {
        if (CodeDotAvx512.IsSupported)
            return CodeDotAvx512.Of(query, code, length);
        if (CodeDotAvxVnni.IsSupported)
            return CodeDotAvxVnni.Of(query, code, length);
        if (CodeDotAvx2.IsSupported)
            return CodeDotAvx2.Of(query, code, length);
        if (CodeDotArm.IsSupported)
            return CodeDotArm.Of(query, code, length);
        return CodeDotPortable.Of(query, code, length);
    }

    /// <summary>Brings a query's values, all within ±<see cref="QueryCode.GreatestValue"/>, into the order that the kernel reads.</summary>
    public static void Arrange(short* query, int length)
    {
        if (!CodeDotAvx2.IsSupported && CodeDotArm.IsSupported)
            CodeDotArm.Arrange(query, length);
    }
}
