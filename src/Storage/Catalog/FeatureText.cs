using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ImageSearch.Storage.Migration;

namespace ImageSearch.Storage.Catalog;

/// <summary>
/// The text form of a vector in the columns <c>feature</c> and <c>feature_object</c>: <c>f32:</c>, then base64 of float32 values. They
/// are little-endian like every supported processor, so reading and writing are copies. Base64 of a pickled array, as the first Python
/// system stored it, is read as well.
/// </summary>
internal static class FeatureText
{
    /// <summary>Names the encoding; a new encoding gets a new prefix.</summary>
    public const string Prefix = "f32:";

    /// <summary>
    /// The allowed deviation of a vector's length from 1. Float32 rounding of 2,048 squares stays below 1e-5, so a larger deviation means
    /// that the vector was never normalised.
    /// </summary>
    public const float LengthTolerance = 1e-3f;

    private static ReadOnlySpan<byte> PrefixBytes => "f32:"u8;

    /// <summary>The text of a vector.</summary>
    /// <exception cref="ArgumentException">The vector is not of unit length.</exception>
    public static string Write(ReadOnlySpan<float> vector)
    {
        if (!HasUnitLength(vector))
        {
            throw new ArgumentException("A stored vector must have unit length and finite values.", nameof(vector));
        }

        var bytes = MemoryMarshal.AsBytes(vector);
        return string.Create(
            Prefix.Length + Base64.GetMaxEncodedToUtf8Length(bytes.Length),
            bytes,
            static (text, source) =>
            {
                Prefix.CopyTo(text);
                Convert.TryToBase64Chars(source, text[Prefix.Length..], out _);
            });
    }

    /// <summary>
    /// Reads a stored vector. A finite, non-zero vector of another length is normalised: searches compare directions only, and a shop may
    /// have written it with its own SQL.
    /// </summary>
    /// <param name="text">The column's UTF-8 bytes; empty for NULL.</param>
    /// <param name="dimension">The required number of values.</param>
    /// <param name="vector">The vector, of unit length.</param>
    /// <param name="reason">Why the text can't be read.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> text, int dimension, [NotNullWhen(true)] out float[]? vector, [NotNullWhen(false)] out string? reason)
    {
        vector = null;
        reason = null;
        if (text.IsEmpty)
        {
            reason = "the feature is missing";
        }
        else if (!text.StartsWith(PrefixBytes))
        {
            return TryReadPickle(text, dimension, out vector, out reason);
        }
        else
        {
            return TryReadBase64(text[PrefixBytes.Length..], dimension, out vector, out reason);
        }

        return false;
    }

    /// <summary>A copy of unit length; false for a vector that is zero or not finite.</summary>
    public static bool TryMakeUnitLength(ReadOnlySpan<float> vector, [NotNullWhen(true)] out float[]? unit)
    {
        unit = vector.ToArray();
        if (Unusable(unit) is not null) unit = null;
        return unit is not null;
    }

    private static bool TryReadPickle(
        ReadOnlySpan<byte> text, int dimension, [NotNullWhen(true)] out float[]? vector, [NotNullWhen(false)] out string? reason)
    {
        reason = !PickledFeature.Read(text).TryGet(out vector, out var failure) ? failure.Message
            : vector.Length != dimension ? $"the feature has {vector.Length} values, but the table's vectors have {dimension} values"
            : Unusable(vector);
        vector = reason is null ? vector : null;
        return reason is null;
    }

    private static bool TryReadBase64(
        ReadOnlySpan<byte> base64, int dimension, [NotNullWhen(true)] out float[]? vector, [NotNullWhen(false)] out string? reason)
    {
        vector = null;
        reason = null;
        var expected = dimension * sizeof(float);
        if (base64.Length != Base64.GetMaxEncodedToUtf8Length(expected))
        {
            reason = $"the feature does not have the {dimension} values of the table's vectors";
            return false;
        }

        var values = new float[dimension];
        var status = Base64.DecodeFromUtf8(base64, MemoryMarshal.AsBytes(values.AsSpan()), out _, out var written);
        if (status == OperationStatus.InvalidData)
        {
            reason = "the feature is not base64";
        }
        else if (status != OperationStatus.Done || written != expected)
        {
            reason = $"the feature does not have the {dimension} values of the table's vectors";
        }
        else
        {
            reason = Unusable(values);
        }

        vector = reason is null ? values : null;
        return reason is null;
    }

    // Normalises the vector if needed.
    private static string? Unusable(Span<float> vector) =>
        HasUnitLength(vector) || TryNormalise(vector) ? null : "the feature holds no usable vector: a value is not finite, or all are zero";

    // With NaN or infinity the sum is not finite and the comparison is false.
    private static bool HasUnitLength(ReadOnlySpan<float> vector) =>
        MathF.Abs(MathF.Sqrt(TensorPrimitives.SumOfSquares(vector)) - 1f) <= LengthTolerance;

    // In double, squares of float32 values neither overflow nor underflow.
    private static bool TryNormalise(Span<float> vector)
    {
        var squares = 0.0;
        foreach (var value in vector)
        {
            squares += (double)value * value;
        }

        if (!double.IsFinite(squares) || squares == 0)
        {
            return false;
        }

        var length = Math.Sqrt(squares);
        foreach (ref var value in vector)
        {
            value = (float)(value / length);
        }

        return true;
    }
}
