using FsCheck;
using FsCheck.Fluent;
using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Kernels;

namespace ImageSearch.VectorIndex.Tests.Kernels;

/// <summary>A query within ±<paramref name="Bound"/> and a code of the same length, a multiple of the kernels' step.</summary>
/// <param name="Query">Values before <see cref="CodeDot.Arrange"/>.</param>
/// <param name="Code">Values within ±127.</param>
/// <param name="Bound">The greatest magnitude in a query of this length.</param>
public sealed record KernelInput(short[] Query, sbyte[] Code, int Bound)
{
    public int Length => Code.Length;

    public override string ToString() => $"length {Length}, bound {Bound}";
}

/// <summary>Random inputs, many of them with extreme values, which have the greatest sums.</summary>
internal static class KernelInputs
{
    public const int MaxLength = 4_096;

    public static Arbitrary<KernelInput> Any =>
        (from steps in Gen.Choose(1, MaxLength / CodeDot.Step)
         from shape in Gen.Elements(Enum.GetValues<Shape>())
         from seed in Gen.Choose(0, int.MaxValue - 1)
         select Of(steps * CodeDot.Step, shape, seed)).ToArbitrary();

    /// <summary>The greatest magnitude that <see cref="QueryCode"/> allows for a length.</summary>
    public static int BoundOf(int length) => Math.Min(QueryCode.MaxValue, int.MaxValue / (128 * length));

    public static KernelInput Of(int length, Shape shape, int seed)
    {
        var random = new Random(seed);
        int bound = BoundOf(length);
        var query = new short[length];
        var code = new sbyte[length];
        for (int i = 0; i < length; i++)
        {
            int sign = random.Next(2) == 0 ? -1 : 1;
            (int queryValue, int codeValue) = shape switch
            {
                Shape.Random => (random.Next(-bound, bound + 1), random.Next(-127, 128)),
                Shape.MaxSum => (sign * bound, sign * 127),
                Shape.MinSum => (sign * bound, -sign * 127),
                Shape.Extremes => (sign * bound, random.Next(2) == 0 ? -127 : 127),
                _ => i == seed % length ? (bound, -127) : (0, 0),
            };
            (query[i], code[i]) = ((short)queryValue, (sbyte)codeValue);
        }

        return new KernelInput(query, code, bound);
    }

    internal enum Shape
    {
        Random,
        MaxSum,
        MinSum,
        Extremes,
        OneValue,
    }
}
