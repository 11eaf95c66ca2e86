using System.Globalization;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;

namespace ImageSearch.Embedding.Tests.SecondDecoder;

/// <summary>More than 200 pictures: every kind in seven sizes, from one pixel to thousands, and every orientation in three types.</summary>
internal static class GeneratedPictures
{
    // Each kind uses one size of each line.
    private static readonly (int Width, int Height)[][] Sizes =
    [
        [(1, 1), (1, 2), (2, 1), (3, 3)],
        [(1, 300), (300, 1), (2, 211), (211, 3)],
        [(16, 16), (31, 17), (9, 40), (64, 8)],
        [(224, 224), (225, 223), (223, 448), (449, 224)],
        [(97, 61), (130, 250), (320, 240), (333, 500)],
        [(640, 480), (480, 700), (801, 599), (600, 600)],
        [(1100, 700), (2400, 60), (70, 3000), (1500, 900)],
    ];

    private const int MinInterlacedWidth = 5;

    private static readonly Dictionary<string, Func<byte[]>> Files = Generate().ToDictionary(StringComparer.Ordinal);

    internal static IReadOnlyCollection<string> Names => Files.Keys;

    internal static byte[] Bytes(string name) => Files[name]();

    private static IEnumerable<(string Name, Func<byte[]> Write)> Generate()
    {
        var seed = 0;
        foreach (var kind in PictureKinds.All)
        {
            foreach (var sizes in Sizes)
            {
                var (width, height) = sizes[seed % sizes.Length];
                // ImageSharp hangs on or rejects narrower ones; see NarrowInterlacedTests.
                if (kind.Name == "png-interlaced") width = Math.Max(width, MinInterlacedWidth);
                yield return (Name(kind.Name, width, height), Writer(width, height, seed++, kind.Transparent, kind.Write));
            }
        }

        foreach (var (type, encoder) in new (string, IImageEncoder)[] { ("jpeg", new JpegEncoder()), ("png", new PngEncoder()), ("webp", new WebpEncoder()) })
        {
            for (var orientation = 1; orientation <= 8; orientation++)
            {
                var exif = (ushort)orientation;
                yield return (Name($"{type}-orientation-{orientation}", 300, 170), Writer(300, 170, seed: 1, transparent: false, image =>
                {
                    image.Metadata.ExifProfile = new ExifProfile();
                    image.Metadata.ExifProfile.SetValue(ExifTag.Orientation, exif);
                    return PictureKinds.Encode(image, encoder);
                }));
            }
        }

        yield return ("png-colour-key", () => PngFile.Black(50, 40, extra: ("tRNS", new byte[6])));
    }

    private static Func<byte[]> Writer(
        int width, int height, int seed, bool transparent, Func<SixLabors.ImageSharp.Image<SixLabors.ImageSharp.PixelFormats.Rgba64>, byte[]> write) => () =>
    {
        using var image = Drawing.Draw(width, height, seed, transparent);
        return write(image);
    };

    private static string Name(string kind, int width, int height) => string.Create(CultureInfo.InvariantCulture, $"{kind} {width}x{height}");
}
