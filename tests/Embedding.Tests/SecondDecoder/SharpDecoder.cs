using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace ImageSearch.Embedding.Tests.SecondDecoder;

/// <summary>Decodes with ImageSharp, which shares no code with libvips.</summary>
internal static class SharpDecoder
{
    /// <summary>The first frame upright and on white, as a PNG of plain 8-bit RGB without metadata.</summary>
    internal static byte[] ToPlainPng(byte[] file)
    {
        using var image = Image.Load<Rgba64>(file);
        image.Mutate(picture => picture.AutoOrient().BackgroundColor(Color.White));
        using var plain = image.Frames.CloneFrame(0);
        using var opaque = plain.CloneAs<Rgb24>();
        using var png = new MemoryStream();
        opaque.Save(png, new PngEncoder { ColorType = PngColorType.Rgb, BitDepth = PngBitDepth.Bit8, IgnoreMetadata = true });
        return png.ToArray();
    }
}
