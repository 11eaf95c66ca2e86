using System.Runtime.InteropServices;
using System.Text.Json;

namespace ImageSearch.Api.V1.Search;

/// <summary>A vector to search by: an array of numbers, or base64 of float32 values, little-endian.</summary>
internal static class QueryVector
{
    /// <summary>What a vector must be.</summary>
    public const string Bound = "an array of numbers, or base64 of float32 values (little-endian)";

    /// <summary>Maximum number of values that are read.</summary>
    public const int MaxValues = 65_536;

    // Rounding of float32 sums leaves a unit vector within this of 1.
    private const double UnitTolerance = 1e-3;

    /// <summary>Reads the values of a JSON array.</summary>
    /// <returns>The values, or null if one of them is not a number, or there are too many.</returns>
    public static float[]? Parse(ReadOnlySpan<byte> json)
    {
        var values = new List<float>();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || values.Count == MaxValues || !reader.TryGetSingle(out var value)) return null;
            values.Add(value);
        }

        return [.. values];
    }

    /// <summary>Reads the values of bytes; null if they are not whole numbers of float32.</summary>
    public static float[]? Parse(ReadOnlyMemory<byte> bytes) =>
        bytes.Length % sizeof(float) == 0 && bytes.Length / sizeof(float) <= MaxValues ? MemoryMarshal.Cast<byte, float>(bytes.Span).ToArray() : null;

    /// <summary>Checks a vector by a table's model.</summary>
    /// <param name="field">The member, for errors.</param>
    /// <param name="vector">The values.</param>
    /// <param name="dimension">The number of values that the table's model has.</param>
    public static Failure? Check(string field, float[] vector, int dimension)
    {
        if (vector.Length != dimension)
            return InvalidField.Of(field, $"{vector.Length} values", $"a vector of {dimension} values, as the table's model has");
        var length = Length(vector);
        return double.IsFinite(length) && length > 0
            ? null
            : InvalidField.Of(field, $"of length {length}", "a vector of finite values that are not all 0");
    }

    /// <summary>Gives a vector unit length, in place.</summary>
    /// <returns>Whether its length was another.</returns>
    public static bool Normalise(Span<float> vector)
    {
        var length = Length(vector);
        if (Math.Abs(length - 1) <= UnitTolerance) return false;
        foreach (ref var value in vector) value = (float)(value / length);
        return true;
    }

    // In double: the length of tiny values is no float32.
    private static double Length(ReadOnlySpan<float> vector)
    {
        var sum = 0d;
        foreach (var value in vector) sum += (double)value * value;
        return Math.Sqrt(sum);
    }
}
