using System.Numerics.Tensors;

namespace ImageSearch.VectorIndex.Tests;

/// <summary>Random vectors of unit length, reproducible by their seed.</summary>
internal static class UnitVectors
{
    public static float[] Next(Random random, int dimension)
    {
        var vector = new float[dimension];
        foreach (ref float value in vector.AsSpan())
            value = (float)(random.NextDouble() - 0.5);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }

    public static float[][] Many(int seed, int count, int dimension)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Next(random, dimension))];
    }
}
