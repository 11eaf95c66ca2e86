using System.Numerics.Tensors;
using ImageSearch.VectorIndex.Kernels;

namespace ImageSearch.VectorIndex.Codes;

/// <summary>Vectors in 8 bits a value, with a scale and an offset for each vector.</summary>
internal static unsafe class RowCode
{
    private const int Greatest = 127;

    /// <summary>Bytes from one code to the next: whole cache lines, the rest zeros.</summary>
    public static int StrideOf(int dimension) => (dimension + CodeDot.Step - 1) / CodeDot.Step * CodeDot.Step;

    /// <summary>Writes a vector's code.</summary>
    /// <param name="vector">Finite values.</param>
    /// <param name="code">Receives <see cref="StrideOf"/> bytes.</param>
    public static CodeTerms Encode(ReadOnlySpan<float> vector, Span<sbyte> code)
    {
        float least = TensorPrimitives.Min(vector);
        float greatest = TensorPrimitives.Max(vector);
        float offset = (least + greatest) / 2;
        float scale = (greatest - least) / (2 * Greatest);
        float perStep = scale > 0 ? 1 / scale : 0;
        int sum = 0;
        double error = 0;
        for (int i = 0; i < vector.Length; i++)
        {
            int value = (int)MathF.Round((vector[i] - offset) * perStep);
            value = Math.Clamp(value, -Greatest, Greatest);
            code[i] = (sbyte)value;
            sum += value;
            double difference = vector[i] - (((double)scale * value) + offset);
            error += difference * difference;
        }

        code[vector.Length..].Clear();
        return new CodeTerms(scale, offset, MathF.BitIncrement((float)Math.Sqrt(error)), sum);
    }

    /// <summary>The inner product of what two codes stand for.</summary>
    public static float Similarity(
        sbyte* first, in CodeTerms firstTerms, sbyte* second, in CodeTerms secondTerms, int stride, int dimension)
    {
        float dot = CodePairDot.Of(first, second, stride);
        return (firstTerms.Scale * ((secondTerms.Scale * dot) + (secondTerms.Offset * firstTerms.Sum)))
            + (firstTerms.Offset * ((secondTerms.Scale * secondTerms.Sum) + (secondTerms.Offset * dimension)));
    }
}
