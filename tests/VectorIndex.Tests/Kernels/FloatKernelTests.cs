using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using ImageSearch.VectorIndex.Kernels;

namespace ImageSearch.VectorIndex.Tests.Kernels;

/// <summary>The float32 kernels against sums in double precision, over every number of steps that a vector may have.</summary>
public sealed unsafe class FloatKernelTests
{
    private static readonly int Step = Vector<float>.Count * DotProduct.VectorsPerStep;

    private static Arbitrary<float[][]> ThreeVectors =>
        (from steps in Gen.Choose(1, 40)
         from seed in Gen.Choose(0, int.MaxValue - 1)
         select UnitVectors.Many(seed, count: 3, steps * Step)).ToArbitrary();

    [Fact]
    public void The_inner_product_is_that_of_double_precision() => Prop.ForAll(ThreeVectors, vectors =>
    {
        fixed (float* view = vectors[0], row = vectors[1])
            ((double)DotProduct.Of(view, row, vectors[0].Length)).ShouldBe(Dot(vectors[0], vectors[1]), 5e-7);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_two_views_the_greater_product_counts() => Prop.ForAll(ThreeVectors, vectors =>
    {
        fixed (float* view = vectors[0], second = vectors[1], row = vectors[2])
        {
            double expected = Math.Max(Dot(vectors[0], vectors[2]), Dot(vectors[1], vectors[2]));
            ((double)DotProduct.GreaterOf(view, second, row, vectors[0].Length)).ShouldBe(expected, 5e-7);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_squared_distance_is_that_of_double_precision_and_zero_for_one_vector() => Prop.ForAll(ThreeVectors, vectors =>
    {
        fixed (float* view = vectors[0], row = vectors[1])
        {
            double expected = BruteForce.SquaredDistance(vectors[0], vectors[1]);
            ((double)SquaredDistance.Of(view, row, vectors[0].Length)).ShouldBe(expected, 2e-6);
            SquaredDistance.Of(view, view, vectors[0].Length).ShouldBe(0);
        }
    }).QuickCheckThrowOnFailure();

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
}
