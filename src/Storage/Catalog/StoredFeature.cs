using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ImageSearch.Storage.Catalog;

/// <summary>The text form of features, for exports and imports.</summary>
public static class StoredFeature
{
    /// <summary>Why the text is not a usable vector of this dimension, or null if it is.</summary>
    public static string? WhyUnusable(string? text, int dimension) =>
        FeatureText.TryRead(Encoding.UTF8.GetBytes(text ?? ""), dimension, out _, out var reason) ? null : reason;

    /// <summary>The text of a vector, which is normalised first.</summary>
    /// <param name="vector">Any values.</param>
    /// <param name="text">The text to store.</param>
    /// <returns>False if a value is not finite or all are zero.</returns>
    public static bool TryWrite(ReadOnlySpan<float> vector, [NotNullWhen(true)] out string? text)
    {
        text = FeatureText.TryMakeUnitLength(vector, out var unit) ? FeatureText.Write(unit) : null;
        return text is not null;
    }
}
