using System.Numerics.Tensors;
using ImageSearch.VectorIndex.Kernels;

namespace ImageSearch.VectorIndex.Codes;

/// <summary>
/// A query in 16 bits a value, so that what a score loses comes from the row's code alone. Whoever makes one keeps its memory in place.
/// </summary>
/// <param name="Values">The values, arranged for the kernel.</param>
/// <param name="Scale">The width of a step.</param>
/// <param name="Sum">The sum of the values as they are coded: what a row's offset is multiplied by.</param>
/// <param name="Error">The length of what rounding took off, an upper bound, and the rounding of scores.</param>
/// <param name="Stride">Values, with zeros at the end.</param>
internal readonly unsafe record struct QueryCode(nint Values, float Scale, float Sum, float Error, int Stride)
{
    /// <summary>Bound by Arm's two parts of 7 bits.</summary>
    public const int GreatestValue = 8_191;

    /// <summary>What computing a score of about 1 in float32 may be off, with room to spare.</summary>
    private const float Rounding = 1e-6f;

    /// <summary>Codes a vector.</summary>
    /// <param name="vector">Finite values.</param>
    /// <param name="room">Receives as many values as a code has bytes.</param>
    public static QueryCode Encode(ReadOnlySpan<float> vector, short* room)
    {
        int stride = RowCode.StrideOf(vector.Length);
        // No sum of products with a code's values, -127 to 127, reaches 2^31.
        int bound = Math.Min(GreatestValue, int.MaxValue / (128 * stride));
        float greatest = MathF.Abs(TensorPrimitives.MaxMagnitude(vector));
        float scale = greatest / bound;
        float perStep = scale > 0 ? 1 / scale : 0;
        double error = 0;
        long sum = 0;
        for (int i = 0; i < vector.Length; i++)
        {
            short value = (short)Math.Clamp(MathF.Round(vector[i] * perStep), -bound, bound);
            room[i] = value;
            sum += value;
            double difference = vector[i] - ((double)scale * value);
            error += difference * difference;
        }

        new Span<short>(room + vector.Length, stride - vector.Length).Clear();
        CodeDot.Arrange(room, stride);
        return new QueryCode((nint)room, scale, (float)((double)scale * sum), (float)Math.Sqrt(error) + Rounding, stride);
    }

    /// <summary>A row as a query, by what its code stands for.</summary>
    public static QueryCode Decode(sbyte* code, in CodeTerms terms, int stride, int dimension, short* room)
    {
        for (int i = 0; i < stride; i++)
            room[i] = code[i];
        CodeDot.Arrange(room, stride);
        // The offset adds to every score what depends on the other row alone, which Score adds by Sum.
        return new QueryCode((nint)room, terms.Scale, (terms.Scale * terms.Sum) + (terms.Offset * dimension), 0, stride)
        {
            RowOffset = terms.Offset,
        };
    }

    /// <summary>What a decoded row's own offset adds for each unit of the other code's sum.</summary>
    public float RowOffset { get; private init; }

    /// <summary>The inner product of the query with what a code stands for.</summary>
    public float Score(sbyte* code, in CodeTerms terms) =>
        (terms.Scale * ((Scale * CodeDot.Of((short*)Values, code, Stride)) + (RowOffset * terms.Sum))) + (terms.Offset * Sum);
}
