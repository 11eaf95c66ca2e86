using System.Text;

namespace ImageSearch.Storage;

/// <summary>Checks the text of a feature without keeping its vector.</summary>
public static class StoredFeature
{
    /// <summary>Why no vector of the dimension can be had from the text, or null where one can.</summary>
    public static string? WhyUnusable(string? text, int dimension) =>
        FeatureText.TryRead(Encoding.UTF8.GetBytes(text ?? ""), dimension, out _, out var reason) ? null : reason;
}
