using System.Numerics.Tensors;

namespace ImageSearch.VectorIndexBench;

/// <summary>Random vectors of unit length, the same ones in every run.</summary>
internal sealed class UnitVectors(int seed)
{
    private const int Products = 5_000;
    private readonly Random _random = new(seed);
    private readonly Dictionary<int, float[]> _products = [];

    public float[] Next(int dimension)
    {
        var vector = new float[dimension];
        foreach (ref float value in vector.AsSpan())
            value = (float)(_random.NextDouble() - 0.5);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }

    /// <summary>A vector near one of a few thousand others, for nothing is near to anything among random ones.</summary>
    public float[] NextNearProduct(int dimension)
    {
        int product = _random.Next(Products);
        if (!_products.TryGetValue(product, out float[]? center))
            _products[product] = center = Next(dimension);
        float[] vector = Next(dimension);
        TensorPrimitives.Add(center, vector, vector);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }
}
