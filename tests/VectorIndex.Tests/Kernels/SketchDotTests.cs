using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using ImageSearch.VectorIndex.Kernels;

namespace ImageSearch.VectorIndex.Tests.Kernels;

public sealed unsafe class SketchDotTests
{
    private static Arbitrary<(int Groups, int Seed)> Any =>
        (from groups in Gen.Choose(1, 16) from seed in Gen.Choose(0, int.MaxValue - 1) select (groups, seed)).ToArbitrary();

    [Fact]
    public void The_kernels_sum_the_query_values_whose_bit_is_set() => Prop
        .ForAll(Any, input =>
        {
            var random = new Random(input.Seed);
            var values = new int[input.Groups * SketchDot.GroupBits];
            var planes = new byte[values.Length / 8 * SketchDot.Planes];
            var bits = new byte[values.Length / 8];
            random.NextBytes(bits);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = input.Seed % 5 == 0 ? 15 : random.Next(16);
                for (int plane = 0; plane < SketchDot.Planes; plane++)
                {
                    int start = (i / SketchDot.GroupBits * SketchDot.Planes) + plane;
                    planes[(start * SketchDot.GroupBits / 8) + (i % SketchDot.GroupBits / 8)] |= (byte)(((values[i] >> plane) & 1) << (i % 8));
                }
            }

            int expected = values.Where((_, i) => (bits[i / 8] & (1 << (i % 8))) != 0).Sum();
            fixed (byte* p = planes, b = bits)
                return SketchDot.Of(p, b, input.Groups) == expected && SketchDot.Portable(p, b, input.Groups) == expected;
        })
        .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(64)]
    [InlineData(512)]
    [InlineData(1_280)]
    [InlineData(2_048)]
    public void The_transform_preserves_lengths_times_the_root_of_its_spread(int length)
    {
        float[] vector = UnitVectors.Next(new Random(length), length);
        HadamardTransform.Apply(vector);
        float squares = vector.Sum(value => value * value);
        squares.ShouldBe(HadamardTransform.SpreadOf(length), 1e-3 * HadamardTransform.SpreadOf(length));
        BitOperations.IsPow2(HadamardTransform.SpreadOf(length)).ShouldBeTrue();
    }
}
