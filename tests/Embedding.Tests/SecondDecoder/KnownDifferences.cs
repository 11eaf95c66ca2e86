namespace ImageSearch.Embedding.Tests.SecondDecoder;

/// <summary>Pictures on which the two decoders disagree, with the minimum cosine and the reason.</summary>
internal static class KnownDifferences
{
    // Visible at 7x magnification: libjpeg interpolates subsampled chroma, ImageSharp repeats it.
    private const string Chroma = "libjpeg interpolates subsampled chroma, ImageSharp repeats it";

    // libvips converts with its built-in CMYK profile of a press; ImageSharp multiplies each ink by black.
    private const string Inks = "CMYK without a profile has no defined colors";

    private static readonly Dictionary<string, (double MinCosine, string Reason)> ByName = new(StringComparer.Ordinal)
    {
        ["jpeg-420 31x17"] = (0.84, Chroma),
        ["jpeg-progressive-420 31x17"] = (0.91, Chroma),
        ["jpeg-cmyk 1x2"] = (0.87, Inks),
        ["jpeg-cmyk 224x224"] = (0.89, Inks),
        ["jpeg-cmyk 130x250"] = (0.94, Inks),
        ["jpeg-cmyk 1500x900"] = (0.88, Inks),
        ["jpeg-cmyk 801x599"] = (0.93, Inks),
        ["pictures/cmyk.jpg"] = (0.93, Inks),
        ["jpeg-cmyk 64x8"] = (0.95, Inks),
    };

    internal static IEnumerable<string> Names => ByName.Keys;

    internal static double MinCosine(string name, double otherwise) => ByName.TryGetValue(name, out var known) ? known.MinCosine : otherwise;

    /// <summary>The message of a failed test.</summary>
    internal static string Explain(string name) => ByName.TryGetValue(name, out var known) ? $"{name}: {known.Reason}" : name;
}
