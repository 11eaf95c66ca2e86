using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using ImageSearch.VectorIndex.Kernels;

namespace ImageSearch.VectorIndex.Codes;

/// <summary>Scalar quantization to 8 bits per value, with a scale and an offset per vector.</summary>
internal static unsafe class RowCode
{
    private const int MaxValue = 127;

    /// <summary>Bytes per code, padded with zeros to whole cache lines.</summary>
    public static int StrideOf(int dimension) => (dimension + CodeDot.Step - 1) / CodeDot.Step * CodeDot.Step;

    /// <summary>Quantizes a vector.</summary>
    /// <param name="vector">Finite values.</param>
    /// <param name="code">Receives <see cref="StrideOf"/> bytes.</param>
    public static CodeTerms Encode(ReadOnlySpan<float> vector, Span<sbyte> code)
    {
        float min = TensorPrimitives.Min(vector);
        float max = TensorPrimitives.Max(vector);
        float offset = (min + max) / 2;
        float scale = (max - min) / (2 * MaxValue);
        float perStep = scale > 0 ? 1 / scale : 0;
        int sum = 0;
        double error = 0;
        for (int i = 0; i < vector.Length; i++)
        {
            int value = (int)MathF.Round((vector[i] - offset) * perStep);
            value = Math.Clamp(value, -MaxValue, MaxValue);
            code[i] = (sbyte)value;
            sum += value;
            double difference = vector[i] - (((double)scale * value) + offset);
            error += difference * difference;
        }

        code[vector.Length..].Clear();
        return new CodeTerms(scale, offset, MathF.BitIncrement((float)Math.Sqrt(error)), sum);
    }

    /// <summary>Decodes a vector.</summary>
    /// <param name="code">A code of <see cref="StrideOf"/> bytes.</param>
    /// <param name="terms">Its terms.</param>
    /// <param name="dimension">Number of values.</param>
    /// <param name="buffer">Receives as many values as the code has bytes, with zeros after the dimension.</param>
    public static void Decode(sbyte* code, in CodeTerms terms, int dimension, Span<float> buffer)
    {
        for (int i = 0; i < buffer.Length; i += Vector128<sbyte>.Count)
        {
            (Vector128<short> low, Vector128<short> high) = Vector128.Widen(Vector128.Load(code + i));
            ToFloats(low, terms).CopyTo(buffer[i..]);
            ToFloats(high, terms).CopyTo(buffer[(i + Vector128<short>.Count)..]);
        }

        buffer[dimension..].Clear();
    }

    private static Vector256<float> ToFloats(Vector128<short> values, in CodeTerms terms)
    {
        (Vector128<int> low, Vector128<int> high) = Vector128.Widen(values);
        return (Vector256.ConvertToSingle(Vector256.Create(low, high)) * terms.Scale) + Vector256.Create(terms.Offset);
    }

    /// <summary>The inner product of two decoded codes.</summary>
    public static float Similarity(
        sbyte* first, in CodeTerms firstTerms, sbyte* second, in CodeTerms secondTerms, int stride, int dimension)
    {
        float dot = CodePairDot.Of(first, second, stride);
        return (firstTerms.Scale * ((secondTerms.Scale * dot) + (secondTerms.Offset * firstTerms.Sum)))
            + (firstTerms.Offset * ((secondTerms.Scale * secondTerms.Sum) + (secondTerms.Offset * dimension)));
    }
}
