using NetVips;

namespace ImageSearch.Embedding.Tests.Pictures.Thumbnails;

/// <summary>RGB pixels to encode, and their distance to what a decoder reads.</summary>
internal sealed record Pixels(byte[] Rgb, int Width, int Height)
{
    private const int Quality = 65;

    internal static Pixels Of(int width, int height, Func<int, int, (byte Red, byte Green, byte Blue)> color)
    {
        var rgb = new byte[width * height * 3];
        for (var at = 0; at < width * height; at++) (rgb[at * 3], rgb[(at * 3) + 1], rgb[(at * 3) + 2]) = color(at % width, at / width);
        return new Pixels(rgb, width, height);
    }

    /// <summary>Reads a picture, on white, scaled down to a side.</summary>
    internal static Pixels Read(byte[] file, int side)
    {
        using var image = Image.ThumbnailBuffer(file, side, size: Enums.Size.Down, outputProfile: "srgb");
        using var flat = image.HasAlpha() ? image.Flatten([byte.MaxValue]) : image.Copy();
        using var rgb = flat.Bands == 1 ? flat.Bandjoin([flat, flat]) : flat.ExtractBand(0, n: 3);
        return new Pixels(rgb.WriteToMemory<byte>(), rgb.Width, rgb.Height);
    }

    /// <summary>The thumbnail of libwebp at its fastest setting.</summary>
    internal byte[] ByLibwebp()
    {
        using var image = Image.NewFromMemory(Rgb, Width, Height, bands: 3, Enums.BandFormat.Uchar);
        return image.WebpsaveBuffer(q: Quality, effort: 0, keep: Enums.ForeignKeep.None);
    }

    /// <summary>The peak signal-to-noise ratio of a file of the same size in decibels, at most 68: the higher, the closer.</summary>
    internal double PsnrOf(byte[] file)
    {
        using var decoded = Image.NewFromBuffer(file, failOn: Enums.FailOn.Warning);
        (decoded.Width, decoded.Height, decoded.Bands).ShouldBe((Width, Height, 3));
        var pixels = decoded.WriteToMemory<byte>();
        var square = Rgb.Zip(pixels, (a, b) => (double)(a - b) * (a - b)).Average();
        return 10 * Math.Log10(byte.MaxValue * byte.MaxValue / Math.Max(square, 0.01));
    }
}
