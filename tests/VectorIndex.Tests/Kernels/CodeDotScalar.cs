namespace ImageSearch.VectorIndex.Tests.Kernels;

/// <summary>The definition of the inner product, with which all kernels must agree.</summary>
internal static unsafe class CodeDotScalar
{
    public static int Of(short* query, sbyte* code, int length)
    {
        int sum = 0;
        for (int i = 0; i < length; i++)
            sum = checked(sum + (query[i] * code[i]));
        return sum;
    }
}
