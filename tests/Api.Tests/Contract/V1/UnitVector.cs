using System.Runtime.InteropServices;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>Vectors for lines and searches.</summary>
internal static class UnitVector
{
    /// <summary>A vector of unit length, which depends on the seed, as base64.</summary>
    public static string Of(int seed, int dimension) => Text(Values(seed, dimension));

    public static float[] Values(int seed, int dimension)
    {
        var random = new Random(seed);
        var values = new float[dimension];
        for (var i = 0; i < dimension; i++) values[i] = random.NextSingle() - 0.5f;
        var length = MathF.Sqrt(values.Sum(value => value * value));
        return [.. values.Select(value => value / length)];
    }

    public static string Text(float[] values) => Convert.ToBase64String(MemoryMarshal.AsBytes(values.AsSpan()));
}
