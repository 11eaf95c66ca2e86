using System.Numerics.Tensors;

namespace ImageSearch.VectorIndexBench;

/// <summary>Random vectors of unit length, the same ones in every run.</summary>
internal sealed class UnitVectors(int seed)
{
    private readonly Random _random = new(seed);

    public float[] Next(int dimension)
    {
        var vector = new float[dimension];
        foreach (ref float value in vector.AsSpan())
            value = (float)(_random.NextDouble() - 0.5);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }
}
