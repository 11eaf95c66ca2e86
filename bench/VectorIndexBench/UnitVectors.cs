using System.Numerics.Tensors;

namespace ImageSearch.VectorIndexBench;

/// <summary>Random vectors of unit length, reproducible by their seed.</summary>
internal sealed class UnitVectors(int seed)
{
    private const int Centers = 5_000;
    private readonly Random _random = new(seed);
    private readonly Dictionary<int, float[]> _centers = [];

    public float[] Next(int dimension)
    {
        var vector = new float[dimension];
        foreach (ref float value in vector.AsSpan())
            value = (float)(_random.NextDouble() - 0.5);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }

    /// <summary>A vector near one of a few thousand centres: independent random vectors have no near neighbours.</summary>
    public float[] NextClustered(int dimension)
    {
        int cluster = _random.Next(Centers);
        if (!_centers.TryGetValue(cluster, out float[]? center))
            _centers[cluster] = center = Next(dimension);
        float[] vector = Next(dimension);
        TensorPrimitives.Add(center, vector, vector);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }
}
