namespace ImageSearch.Embedding.Inference;

/// <summary>Normalizes vectors to unit length.</summary>
internal static class UnitVector
{
    /// <summary>Returns a normalized copy.</summary>
    /// <param name="values">The network's output.</param>
    /// <returns>The vector of length 1; null if all values are zero or one is not finite.</returns>
    internal static float[]? Of(ReadOnlySpan<float> values)
    {
        // Summed in double: a float32 sum of 2048 squares would lose digits.
        double squares = 0;
        foreach (var value in values) squares += (double)value * value;
        if (!double.IsFinite(squares) || squares <= 0) return null;

        var scale = 1 / Math.Sqrt(squares);
        var unit = new float[values.Length];
        for (var i = 0; i < unit.Length; i++) unit[i] = (float)(values[i] * scale);
        return unit;
    }
}
