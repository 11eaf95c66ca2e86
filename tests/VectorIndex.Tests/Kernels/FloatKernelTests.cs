using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using ImageSearch.VectorIndex.Kernels;

namespace ImageSearch.VectorIndex.Tests.Kernels;

/// <summary>The float32 kernels against sums in double precision, over all lengths up to 40 steps.</summary>
public sealed unsafe class FloatKernelTests
{
    private static readonly int Step = Vector<float>.Count * DotProduct.VectorsPerStep;

    private static Arbitrary<float[][]> ThreeVectors =>
        (from steps in Gen.Choose(1, 40)
         from seed in Gen.Choose(0, int.MaxValue - 1)
         select UnitVectors.Many(seed, count: 3, steps * Step)).ToArbitrary();

    [Fact]
    public void The_inner_product_agrees_with_double_precision() => Prop.ForAll(ThreeVectors, vectors =>
    {
        fixed (float* query = vectors[0], row = vectors[1])
            ((double)DotProduct.Of(query, row, vectors[0].Length)).ShouldBe(Dot(vectors[0], vectors[1]), 5e-7);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_two_queries_the_greater_inner_product_is_returned() => Prop.ForAll(ThreeVectors, vectors =>
    {
        fixed (float* query = vectors[0], second = vectors[1], row = vectors[2])
        {
            double expected = Math.Max(Dot(vectors[0], vectors[2]), Dot(vectors[1], vectors[2]));
            ((double)DotProduct.GreaterOf(query, second, row, vectors[0].Length)).ShouldBe(expected, 5e-7);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_squared_distance_agrees_with_double_precision_and_is_zero_for_identical_vectors() => Prop.ForAll(ThreeVectors, vectors =>
    {
        fixed (float* query = vectors[0], row = vectors[1])
        {
            double expected = BruteForce.SquaredDistance(vectors[0], vectors[1]);
            ((double)SquaredDistance.Of(query, row, vectors[0].Length)).ShouldBe(expected, 2e-6);
            SquaredDistance.Of(query, query, vectors[0].Length).ShouldBe(0);
        }
    }).QuickCheckThrowOnFailure();

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
}
