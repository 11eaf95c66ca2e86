using NetVips;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.PixelFormats;
using Drawn = SixLabors.ImageSharp.Image<SixLabors.ImageSharp.PixelFormats.Rgba64>;

namespace ImageSearch.Embedding.Tests.SecondDecoder;

/// <summary>A kind of file: its name, whether it has transparency, and how it is written.</summary>
internal sealed record PictureKind(string Name, bool Transparent, Func<Drawn, byte[]> Write);

/// <summary>
/// The kinds that the encoders of ImageSharp write or, if they can't, those of libvips. Neither writes YCCK or 4:2:2 JPEG.
/// </summary>
internal static class PictureKinds
{
    internal static IReadOnlyList<PictureKind> All { get; } =
    [
        .. Png(PngColorType.Grayscale, PngBitDepth.Bit1, PngBitDepth.Bit2, PngBitDepth.Bit4, PngBitDepth.Bit8, PngBitDepth.Bit16),
        .. Png(PngColorType.GrayscaleWithAlpha, PngBitDepth.Bit8, PngBitDepth.Bit16),
        .. Png(PngColorType.Rgb, PngBitDepth.Bit8, PngBitDepth.Bit16),
        .. Png(PngColorType.RgbWithAlpha, PngBitDepth.Bit8, PngBitDepth.Bit16),
        .. Png(PngColorType.Palette, PngBitDepth.Bit1, PngBitDepth.Bit2, PngBitDepth.Bit4, PngBitDepth.Bit8),
        Vips("png-interlaced", image => image.PngsaveBuffer(interlace: true)),
        Sharp("jpeg-444", transparent: false, new JpegEncoder { ColorType = JpegColorType.YCbCrRatio444, Quality = 85 }),
        Sharp("jpeg-420", transparent: false, new JpegEncoder { ColorType = JpegColorType.YCbCrRatio420, Quality = 85 }),
        Sharp("jpeg-rgb", transparent: false, new JpegEncoder { ColorType = JpegColorType.Rgb, Quality = 85 }),
        Sharp("jpeg-grey", transparent: false, new JpegEncoder { ColorType = JpegColorType.Luminance, Quality = 85 }),
        Vips("jpeg-progressive-444", image => image.JpegsaveBuffer(q: 85, interlace: true, subsampleMode: Enums.ForeignSubsample.Off)),
        Vips("jpeg-progressive-420", image => image.JpegsaveBuffer(q: 85, interlace: true, subsampleMode: Enums.ForeignSubsample.On)),
        Vips("jpeg-progressive-grey", image => Grey(image).JpegsaveBuffer(q: 85, interlace: true)),
        Vips("jpeg-cmyk", image => Inks(image).JpegsaveBuffer(q: 90)),
        Sharp("webp-lossy", transparent: false, new WebpEncoder { FileFormat = WebpFileFormatType.Lossy, Quality = 85 }),
        Sharp("webp-lossy-alpha", transparent: true, new WebpEncoder { FileFormat = WebpFileFormatType.Lossy, Quality = 85 }),
        Sharp("webp-lossless", transparent: false, new WebpEncoder { FileFormat = WebpFileFormatType.Lossless }),
        Sharp("webp-lossless-alpha", transparent: true, new WebpEncoder { FileFormat = WebpFileFormatType.Lossless }),
        Sharp("gif", transparent: false, new GifEncoder()),
        Sharp("gif-transparent", transparent: true, new GifEncoder()),
    ];

    internal static byte[] Encode(Drawn image, IImageEncoder encoder)
    {
        using var file = new MemoryStream();
        image.Save(file, encoder);
        return file.ToArray();
    }

    private static IEnumerable<PictureKind> Png(PngColorType colours, params PngBitDepth[] depths) => depths.Select(depth => Sharp(
        $"png-{colours}-{depth}".ToLowerInvariant(),
        colours is PngColorType.GrayscaleWithAlpha or PngColorType.RgbWithAlpha or PngColorType.Palette,
        new PngEncoder { ColorType = colours, BitDepth = depth }));

    private static PictureKind Sharp(string name, bool transparent, IImageEncoder encoder) => new(name, transparent, image => Encode(image, encoder));

    private static PictureKind Vips(string name, Func<Image, byte[]> save) => new(name, Transparent: false, drawn =>
    {
        using var rgb = drawn.CloneAs<Rgb24>();
        var pixels = new byte[rgb.Width * rgb.Height * 3];
        rgb.CopyPixelDataTo(pixels);
        using var plain = Image.NewFromMemoryCopy<byte>(pixels, rgb.Width, rgb.Height, bands: 3, Enums.BandFormat.Uchar);
        using var image = plain.Copy(interpretation: Enums.Interpretation.Srgb);
        return save(image);
    });

    private static Image Grey(Image image) => image.Colourspace(Enums.Interpretation.Bw);

    // Cyan is the inverse of red, and so on; black is zero.
    private static Image Inks(Image image) => image.Invert().Bandjoin(0).Copy(interpretation: Enums.Interpretation.Cmyk);
}
