using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ImageSearch.VectorIndex.Kernels;

/// <summary>The inner product of two codes. Products stay below 2^14, so lengths up to 2^17 cannot overflow.</summary>
internal static unsafe class CodePairDot
{
    /// <param name="first">A code.</param>
    /// <param name="second">A code of the same length.</param>
    /// <param name="length">A multiple of <see cref="CodeDot.Step"/>.</param>
    public static int Of(sbyte* first, sbyte* second, int length)
    {
        if (Avx512BW.IsSupported)
            return WithAvx512(first, second, length);
        if (Avx2.IsSupported)
            return WithAvx2(first, second, length);
        if (Dp.IsSupported)
            return WithArm(first, second, length);
        return Portable(first, second, length);
    }

    public static int Portable(sbyte* first, sbyte* second, int length)
    {
        int width = Vector<sbyte>.Count;
        Vector<int> sum = default;
        for (sbyte* end = first + length; first < end; first += width, second += width)
        {
            // A product of two codes fits 16 bits.
            Vector.Widen(Vector.Load(first), out Vector<short> a, out Vector<short> b);
            Vector.Widen(Vector.Load(second), out Vector<short> c, out Vector<short> d);
            Vector.Widen(a * c, out Vector<int> low, out Vector<int> high);
            sum += low + high;
            Vector.Widen(b * d, out low, out high);
            sum += low + high;
        }

        return Vector.Sum(sum);
    }

    private static int WithAvx512(sbyte* first, sbyte* second, int length)
    {
        Vector512<int> a = default, b = default;
        for (sbyte* end = first + length; first < end; first += 64, second += 64)
        {
            a += Avx512BW.MultiplyAddAdjacent(
                Avx512BW.ConvertToVector512Int16(Vector256.Load(first)), Avx512BW.ConvertToVector512Int16(Vector256.Load(second)));
            b += Avx512BW.MultiplyAddAdjacent(
                Avx512BW.ConvertToVector512Int16(Vector256.Load(first + 32)), Avx512BW.ConvertToVector512Int16(Vector256.Load(second + 32)));
        }

        return Vector512.Sum(a + b);
    }

    private static int WithAvx2(sbyte* first, sbyte* second, int length)
    {
        Vector256<int> a = default, b = default;
        for (sbyte* end = first + length; first < end; first += 32, second += 32)
        {
            a += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(first), Avx2.ConvertToVector256Int16(second));
            b += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(first + 16), Avx2.ConvertToVector256Int16(second + 16));
        }

        return Vector256.Sum(a + b);
    }

    private static int WithArm(sbyte* first, sbyte* second, int length)
    {
        Vector128<int> a = default, b = default;
        for (sbyte* end = first + length; first < end; first += 32, second += 32)
        {
            a = Dp.DotProduct(a, Vector128.Load(first), Vector128.Load(second));
            b = Dp.DotProduct(b, Vector128.Load(first + 16), Vector128.Load(second + 16));
        }

        return Vector128.Sum(a + b);
    }
}
