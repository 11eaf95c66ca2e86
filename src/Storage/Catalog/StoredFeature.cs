using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ImageSearch.Storage.Catalog;

/// <summary>Texts of features, for whoever moves rows.</summary>
public static class StoredFeature
{
    /// <summary>Why no vector of the dimension can be had from the text, or null where one can.</summary>
    public static string? WhyUnusable(string? text, int dimension) =>
        FeatureText.TryRead(Encoding.UTF8.GetBytes(text ?? ""), dimension, out _, out var reason) ? null : reason;

    /// <summary>The text of a vector, which is brought to unit length where it has another.</summary>
    /// <param name="vector">Any values.</param>
    /// <param name="text">What is stored.</param>
    /// <returns>False where a value is not finite, or all are zero.</returns>
    public static bool TryWrite(ReadOnlySpan<float> vector, [NotNullWhen(true)] out string? text)
    {
        text = FeatureText.TryMakeUnitLength(vector, out var unit) ? FeatureText.Write(unit) : null;
        return text is not null;
    }
}
