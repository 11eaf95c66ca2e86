using System.Numerics.Tensors;
using ImageSearch.VectorIndex.Codes;

namespace ImageSearch.VectorIndex.Tests.Codes;

public sealed unsafe class SketchTests
{
    [Theory]
    [InlineData(256)]
    [InlineData(512)]
    [InlineData(1_000)]
    [InlineData(1_280)]
    public void An_estimate_is_unbiased_and_has_the_standard_deviation_of_one_bit_per_value(int dimension)
    {
        const int Count = 60;
        float[][] vectors = ClusteredVectors.Many(seed: dimension, Count, dimension);
        SketchSpace space = Around(vectors);
        byte[] sketch = GC.AllocateArray<byte>(SketchSpace.StrideOf(dimension), pinned: true);
        byte[] planes = GC.AllocateArray<byte>(SketchQuery.PlaneBytes(dimension), pinned: true);
        var errors = new List<double>();
        fixed (byte* s = sketch, p = planes)
        {
            foreach (float[] row in vectors)
            {
                float offset = Rotated(space, row, out float[] rotated);
                space.Write(rotated, offset, s);
                foreach (float[] query in vectors)
                {
                    if (ReferenceEquals(query, row))
                        continue;
                    float queryOffset = Rotated(space, query, out float[] rotatedQuery);
                    float estimate = SketchQuery.Encode(rotatedQuery, queryOffset, p).Estimate(s);
                    errors.Add(estimate - TensorPrimitives.Dot<float>(query, row));
                }
            }
        }

        double mean = errors.Average();
        Math.Abs(mean).ShouldBeLessThan(0.005);
        // A query and a row of unit length: at most about 0.8/√dimension, less because both are centred.
        Math.Sqrt(errors.Average(error => (error - mean) * (error - mean))).ShouldBeLessThan(0.85 / Math.Sqrt(dimension));
    }

    [Fact]
    public void A_row_at_the_centre_is_estimated_by_the_centre()
    {
        float[] vector = UnitVectors.Next(new Random(1), 256);
        var space = new SketchSpace([.. vector]);
        byte[] sketch = GC.AllocateArray<byte>(SketchSpace.StrideOf(256), pinned: true);
        byte[] planes = GC.AllocateArray<byte>(SketchQuery.PlaneBytes(256), pinned: true);
        float[] query = UnitVectors.Next(new Random(2), 256);
        fixed (byte* s = sketch, p = planes)
        {
            float offset = Rotated(space, vector, out float[] rotated);
            space.Write(rotated, offset, s);
            float queryOffset = Rotated(space, query, out float[] rotatedQuery);
            SketchQuery.Encode(rotatedQuery, queryOffset, p).Estimate(s).ShouldBe(TensorPrimitives.Dot<float>(query, vector), 1e-5);
        }
    }

    private static SketchSpace Around(float[][] vectors)
    {
        var centre = new float[RowCode.StrideOf(vectors[0].Length)];
        foreach (float[] vector in vectors)
        {
            for (int i = 0; i < vector.Length; i++)
                centre[i] += vector[i] / vectors.Length;
        }

        return new SketchSpace(centre);
    }

    private static float Rotated(SketchSpace space, float[] vector, out float[] rotated)
    {
        rotated = new float[RowCode.StrideOf(vector.Length)];
        vector.CopyTo(rotated, 0);
        return space.Rotate(rotated);
    }
}
