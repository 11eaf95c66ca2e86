namespace ImageSearch.Embedding.Inference;

/// <summary>Brings a network's output to unit length.</summary>
internal static class UnitVector
{
    /// <summary>Normalises a copy.</summary>
    /// <param name="values">The network's output.</param>
    /// <returns>The vector of length 1, or null where there is none: all zeros, or a value that is no number.</returns>
    internal static float[]? Of(ReadOnlySpan<float> values)
    {
        // In double: the sum of 2048 squares keeps all digits of the result.
        double squares = 0;
        foreach (var value in values) squares += (double)value * value;
        if (!double.IsFinite(squares) || squares <= 0) return null;

        var scale = 1 / Math.Sqrt(squares);
        var unit = new float[values.Length];
        for (var i = 0; i < unit.Length; i++) unit[i] = (float)(values[i] * scale);
        return unit;
    }
}
