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

    /// <summary>Brings any colour space to 8-bit RGB.</summary>
    /// <param name="image">Without alpha.</param>
    /// <param name="profiled">
    /// Whether the result still has the colours of an embedded profile: of plain RGB only the pixels that the network sees are converted
    /// (<see cref="ApplyProfile"/>), a hundredth of a photograph's.
    /// </param>
    internal static VipsImage ToRgb(VipsImage image, out bool profiled)
    {
        if (image is { Interpretation: VipsInterpretation.Srgb, Format: VipsFormat.UInt8, Bands: 3 })
        {
            profiled = HasProfile(image);
            return Same(image);
        }

        profiled = false;
        using var converted = HasProfile(image) ? ByProfile(image) : ByInterpretation(image);
        using var three = converted.Bands == 3
            ? Same(converted)
            : new VipsOperation("extract_band"u8).Set("in"u8, converted).Set("band"u8, 0).Set("n"u8, 3).Run();
        return three.Format == VipsFormat.UInt8 ? Same(three) : new VipsOperation("cast"u8).Set("in"u8, three).Set("format"u8, (int)VipsFormat.UInt8).Run();
    }

    /// <summary>Converts RGB pixels from a picture's profile to sRGB, in place.</summary>
    internal static void ApplyProfile(VipsImage profile, int width, int height, Span<byte> pixels)
    {
        using var plain = VipsImage.FromPixels(pixels, width, height);
        plain.SetIccProfile(profile.IccProfile);
        GC.KeepAlive(profile);
        using var converted = ByProfile(plain);
        using var region = new VipsRegion(converted);
        region.Read(0, 0, width, height, pixels);
    }

    private static bool HasProfile(VipsImage image)
    {
        var profile = image.IccProfile;
        var counts = !profile.IsEmpty && !SrgbProfile.Is(profile);
        GC.KeepAlive(image);
        return counts;
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
