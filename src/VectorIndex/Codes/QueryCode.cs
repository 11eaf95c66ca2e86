using System.Numerics.Tensors;
using ImageSearch.VectorIndex.Kernels;

namespace ImageSearch.VectorIndex.Codes;

/// <summary>
/// A query quantized to 16 bits per value, so that the error of a score comes almost only from the row's code. The creator must keep the
/// memory of the values pinned.
/// </summary>
/// <param name="Values">The values in the order of the kernel.</param>
/// <param name="Scale">The quantization step.</param>
/// <param name="Sum">The sum of the quantized values, by which a row's offset is multiplied.</param>
/// <param name="Error">An upper bound of the quantization error, plus the rounding error of scores.</param>
/// <param name="Stride">Number of values, including the zeros at the end.</param>
internal readonly unsafe record struct QueryCode(nint Values, float Scale, float Sum, float Error, int Stride)
{
    /// <summary>Limited by the Arm kernel, which splits a value into two parts of 7 bits.</summary>
    public const int MaxValue = 8_191;

    /// <summary>Upper bound of the float32 rounding error of a score of about 1, with a margin.</summary>
    private const float Rounding = 1e-6f;

    /// <summary>Quantizes a vector.</summary>
    /// <param name="vector">Finite values.</param>
    /// <param name="buffer">Receives <see cref="RowCode.StrideOf"/> values.</param>
    public static QueryCode Encode(ReadOnlySpan<float> vector, short* buffer)
    {
        int stride = RowCode.StrideOf(vector.Length);
        // The sum of products with code values within ±127 stays below 2^31.
        int bound = Math.Min(MaxValue, int.MaxValue / (128 * stride));
        float max = MathF.Abs(TensorPrimitives.MaxMagnitude(vector));
        float scale = max / bound;
        float perStep = scale > 0 ? 1 / scale : 0;
        double error = 0;
        long sum = 0;
        for (int i = 0; i < vector.Length; i++)
        {
            short value = (short)Math.Clamp(MathF.Round(vector[i] * perStep), -bound, bound);
            buffer[i] = value;
            sum += value;
            double difference = vector[i] - ((double)scale * value);
            error += difference * difference;
        }

        new Span<short>(buffer + vector.Length, stride - vector.Length).Clear();
        CodeDot.Arrange(buffer, stride);
        return new QueryCode((nint)buffer, scale, (float)((double)scale * sum), (float)Math.Sqrt(error) + Rounding, stride);
    }

    /// <summary>Makes a query of a row's code.</summary>
    public static QueryCode Decode(sbyte* code, in CodeTerms terms, int stride, int dimension, short* buffer)
    {
        for (int i = 0; i < stride; i++)
            buffer[i] = code[i];
        CodeDot.Arrange(buffer, stride);
        // The contribution of the offset depends only on the other row; Score adds it by Sum and RowOffset.
        return new QueryCode((nint)buffer, terms.Scale, (terms.Scale * terms.Sum) + (terms.Offset * dimension), 0, stride)
        {
            RowOffset = terms.Offset,
        };
    }

    /// <summary>The offset of a decoded row, which contributes in proportion to the sum of the other code.</summary>
    public float RowOffset { get; private init; }

    /// <summary>The inner product of the query and a decoded row.</summary>
    public float Score(sbyte* code, in CodeTerms terms) => Score(CodeDot.Of((short*)Values, code, Stride), terms);

    /// <summary>The inner product of the query and a decoded row, from the inner product of their codes.</summary>
    public float Score(int dot, in CodeTerms terms) =>
        (terms.Scale * ((Scale * dot) + (RowOffset * terms.Sum))) + (terms.Offset * Sum);
}
