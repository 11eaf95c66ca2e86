namespace ImageSearch.Embedding.Tests.SecondDecoder;

/// <summary>Where the two decoders disagree, picture by picture: how like the vectors are all the same, and why.</summary>
internal static class KnownDifferences
{
    // Seen at a magnification of seven: libjpeg interpolates the halved colours, ImageSharp repeats them.
    private const string Chroma = "colours of half the resolution are interpolated here and repeated there";

    // libvips converts as a press prints (a CMYK profile that it brings along); ImageSharp multiplies each ink with black.
    private const string Inks = "CMYK without a profile has no definite colours";

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

    /// <summary>For the message of a test that fails.</summary>
    internal static string Explain(string name) => ByName.TryGetValue(name, out var known) ? $"{name}: {known.Reason}" : name;
}
