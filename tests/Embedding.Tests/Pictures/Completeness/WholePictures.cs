using ImageSearch.Embedding.Tests.SecondDecoder;
using NetVips;

namespace ImageSearch.Embedding.Tests.Pictures.Completeness;

/// <summary>Photographs and drawings in every accepted kind of file, for mutations.</summary>
internal static class WholePictures
{
    private static readonly string[] Sources =
        ["golden/scene_0.png", "golden/decode_0.png", "golden/exact_4.png", "samples/strawberry-in-a-scene.jpg", "samples/hamburger.jpg"];

    internal static IReadOnlyDictionary<string, Func<Image, byte[]>> Kinds { get; } = new Dictionary<string, Func<Image, byte[]>>
    {
        ["jpeg-420"] = image => image.JpegsaveBuffer(q: 85, subsampleMode: Enums.ForeignSubsample.On),
        ["jpeg-444"] = image => image.JpegsaveBuffer(q: 92, subsampleMode: Enums.ForeignSubsample.Off, optimizeCoding: true),
        ["jpeg-grey"] = image => image.Colourspace(Enums.Interpretation.Bw).JpegsaveBuffer(q: 80),
        ["jpeg-cmyk"] = image => image.Invert().Bandjoin(0).Copy(interpretation: Enums.Interpretation.Cmyk).JpegsaveBuffer(q: 85),
        ["jpeg-restarts"] = image => image.JpegsaveBuffer(q: 85, restartInterval: 7),
        ["jpeg-restarts-row"] = image => image.JpegsaveBuffer(q: 75, restartInterval: (image.Width + 15) / 16),
        ["jpeg-progressive-420"] = image => image.JpegsaveBuffer(q: 85, interlace: true, subsampleMode: Enums.ForeignSubsample.On),
        ["jpeg-progressive-444"] = image => image.JpegsaveBuffer(q: 90, interlace: true, subsampleMode: Enums.ForeignSubsample.Off),
        ["jpeg-progressive-grey"] = image => image.Colourspace(Enums.Interpretation.Bw).JpegsaveBuffer(q: 85, interlace: true),
        ["jpeg-progressive-restarts"] = image => image.JpegsaveBuffer(q: 85, interlace: true, restartInterval: 9),
        ["png"] = image => image.PngsaveBuffer(compression: 6),
        ["png-interlaced"] = image => image.PngsaveBuffer(interlace: true),
        ["png-palette"] = image => image.PngsaveBuffer(palette: true),
        ["gif"] = image => image.GifsaveBuffer(effort: 1),
        ["gif-interlaced"] = image => image.GifsaveBuffer(effort: 1, interlace: true),
        ["webp-lossy"] = image => image.WebpsaveBuffer(q: 80),
        ["webp-lossless"] = image => image.WebpsaveBuffer(lossless: true),
        ["tiff-deflate"] = image => image.TiffsaveBuffer(compression: Enums.ForeignTiffCompression.Deflate),
        ["tiff-tiles"] = image => image.TiffsaveBuffer(compression: Enums.ForeignTiffCompression.Lzw, tile: true, tileWidth: 64, tileHeight: 64),
        ["avif"] = image => image.HeifsaveBuffer(q: 60, compression: Enums.ForeignHeifCompression.Av1, effort: 1),
    };

    /// <summary>Every kind of every source.</summary>
    internal static IEnumerable<(string Name, byte[] File)> All()
    {
        foreach (var source in Sources)
        {
            using var loaded = Image.NewFromBuffer(StoredPictures.Bytes(source));
            using var rgb = loaded.HasAlpha() ? loaded.Flatten() : loaded.Copy();
            using var image = rgb.Colourspace(Enums.Interpretation.Srgb);
            foreach (var (kind, write) in Kinds) yield return ($"{source} {kind}", write(image));
        }
    }
}
