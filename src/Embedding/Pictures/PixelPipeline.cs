using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Vips;

namespace ImageSearch.Embedding.Pictures;

/// <summary>The steps between a loader and the network's pixels. Each gives a picture to dispose of, also where it has nothing to do.</summary>
internal static class PixelPipeline
{
    private const int SixteenBitWhite = 65_535;

    /// <summary>Cuts a box out of a picture that the loader may have shrunk.</summary>
    internal static VipsImage Cut(VipsImage image, PixelBox stored, PictureHeader header)
    {
        if (stored.Width == header.StoredWidth && stored.Height == header.StoredHeight) return Same(image);
        var (x, y) = ((double)image.Width / header.StoredWidth, (double)image.Height / header.StoredHeight);
        var left = Math.Min((int)Math.Floor(stored.Left * x), image.Width - 1);
        var top = Math.Min((int)Math.Floor(stored.Top * y), image.Height - 1);
        return new VipsOperation("extract_area"u8)
            .Set("input"u8, image)
            .Set("left"u8, left)
            .Set("top"u8, top)
            .Set("width"u8, Math.Clamp((int)Math.Ceiling(stored.Right * x) - left, 1, image.Width - left))
            .Set("height"u8, Math.Clamp((int)Math.Ceiling(stored.Bottom * y) - top, 1, image.Height - top))
            .Run();
    }

    /// <summary>Lays transparency on white, in the picture's own depth.</summary>
    internal static VipsImage OnWhite(VipsImage image)
    {
        if (!image.HasAlpha) return Same(image);
        double white = image.Format == VipsFormat.UInt16 ? SixteenBitWhite : byte.MaxValue;
        return new VipsOperation("flatten"u8).Set("in"u8, image).SetDoubles("background"u8, [white]).Run();
    }

    /// <summary>Resamples each axis: with an antialiased kernel over all pixels where it shrinks, by interpolation where it grows.</summary>
    internal static VipsImage Resize(VipsImage image, int width, int height, ResizeFilter filter)
    {
        using var shrunk = Shrink(image, width, height, filter);
        return Grow(shrunk, width, height, filter);
    }

    // The operation beneath libvips' "resize": that one averages whole blocks first, which is faster on large pictures but differs from
    // what networks are taught with.
    private static VipsImage Shrink(VipsImage image, int width, int height, ResizeFilter filter)
    {
        if (image.Width <= width && image.Height <= height) return Same(image);
        var kernel = filter switch
        {
            ResizeFilter.Bilinear => 1,
            ResizeFilter.Bicubic => 2,
            _ => 5,
        };
        return new VipsOperation("reduce"u8)
            .Set("in"u8, image)
            .Set("hshrink"u8, Math.Max(1, (double)image.Width / width))
            .Set("vshrink"u8, Math.Max(1, (double)image.Height / height))
            .Set("kernel"u8, kernel)
            .Run();
    }

    // Not by libvips' "resize", whose enlarging shifts the picture by half a pixel: cosine 0.98 to Pillow's where this reaches 0.999.
    // The half pixels make centres fall on centres. Lanczos grows by bicubic, for libvips has no such interpolator.
    private static VipsImage Grow(VipsImage image, int width, int height, ResizeFilter filter)
    {
        if (image.Width == width && image.Height == height) return Same(image);
        const int RepeatEdge = 1;
        return new VipsOperation("affine"u8)
            .Set("in"u8, image)
            .SetDoubles("matrix"u8, [(double)width / image.Width, 0, 0, (double)height / image.Height])
            .Set("idx"u8, 0.5)
            .Set("idy"u8, 0.5)
            .Set("odx"u8, -0.5)
            .Set("ody"u8, -0.5)
            .SetInts("oarea"u8, [0, 0, width, height])
            .Set("extend"u8, RepeatEdge)
            .SetInterpolator("interpolate"u8, filter == ResizeFilter.Bilinear ? "bilinear"u8 : "bicubic"u8)
            .Run();
    }

    /// <summary>Brings any colour space to 8-bit sRGB of three bands; an embedded profile decides where it is usable.</summary>
    internal static VipsImage ToSrgb(VipsImage image)
    {
        using var converted = image.HasIccProfile ? ByProfile(image) : ByInterpretation(image);
        using var colour = converted.Bands == 3
            ? Same(converted)
            : new VipsOperation("extract_band"u8).Set("in"u8, converted).Set("band"u8, 0).Set("n"u8, 3).Run();
        return colour.Format == VipsFormat.UInt8 ? Same(colour) : new VipsOperation("cast"u8).Set("in"u8, colour).Set("format"u8, (int)VipsFormat.UInt8).Run();
    }

    private static VipsImage ByProfile(VipsImage image)
    {
        try
        {
            return new VipsOperation("icc_transform"u8).Set("in"u8, image).Set("embedded"u8, true).Set("output_profile"u8, "srgb\0"u8).Run();
        }
        catch (VipsException)
        {
            // Damaged, or for another colour space than the picture's: viewers pass over such a profile.
            return ByInterpretation(image);
        }
    }

    private static VipsImage ByInterpretation(VipsImage image) =>
        image.Interpretation == VipsInterpretation.Srgb
            ? Same(image)
            : new VipsOperation("colourspace"u8).Set("in"u8, image).Set("space"u8, (int)VipsInterpretation.Srgb).Run();

    private static VipsImage Same(VipsImage image) => image.Share();
}
