using System.Runtime.CompilerServices;
using ImageSearch.VectorIndex.Codes;

namespace ImageSearch.VectorIndex.Kernels;

/// <summary>
/// The inner product of a 16-bit query and an 8-bit code, exact in 32-bit integers: <see cref="QueryCode"/> limits the values so that no
/// sum can overflow. The JIT compiler selects the kernel, so the choice costs nothing at run time.
/// </summary>
internal static unsafe class CodeDot
{
    /// <summary>Lengths are multiples of this: one cache line of codes.</summary>
    public const int Step = 64;

    /// <param name="query">Values in the order of <see cref="Arrange"/>.</param>
    /// <param name="code">A code of the same length.</param>
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

    /// <summary>Arranges the values of a query, all within ±<see cref="QueryCode.MaxValue"/>, in the order that the kernel reads.</summary>
    public static void Arrange(short* query, int length)
    {
        if (!CodeDotAvx2.IsSupported && CodeDotArm.IsSupported)
            CodeDotArm.Arrange(query, length);
    }
}
