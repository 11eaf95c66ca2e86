using System.Numerics.Tensors;

namespace ImageSearch.VectorIndex.Tests;

/// <summary>Vectors similar to embeddings of pictures: not negative, in clusters of uneven size.</summary>
internal static class ClusteredVectors
{
    private const int Clusters = 50;
    private const float Spread = 0.6f;

    public static float[][] Many(int seed, int count, int dimension)
    {
        var random = new Random(seed);
        float[][] centers = UnitVectors.Many(seed, Clusters, dimension);
        return [.. Enumerable.Range(0, count).Select(_ => Near(centers[Math.Min(random.Next(Clusters), random.Next(Clusters))], random))];
    }

    private static float[] Near(float[] center, Random random)
    {
        float[] vector = UnitVectors.Next(random, center.Length);
        for (int i = 0; i < vector.Length; i++)
            vector[i] = MathF.Max(0, center[i] + (Spread * vector[i]));
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }
}
