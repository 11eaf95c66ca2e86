using ImageSearch.Embedding.Vips;
using NetVips;

namespace ImageSearch.Embedding.Pictures;

/// <summary>The steps between a loader and the network's pixels. Each returns the same picture if it has nothing to do.</summary>
/// <param name="scope">Owns the pictures that the steps create.</param>
internal sealed class PixelPipeline(VipsScope scope)
{
    private const int SixteenBitWhite = 65_535;

    /// <summary>Crops a box from a picture that the loader may have shrunk.</summary>
    internal Image Crop(Image image, PixelBox stored, PictureHeader header)
    {
        if (stored.Width == header.StoredWidth && stored.Height == header.StoredHeight) return image;
        var (x, y) = ((double)image.Width / header.StoredWidth, (double)image.Height / header.StoredHeight);
        var left = Math.Min((int)Math.Floor(stored.Left * x), image.Width - 1);
        var top = Math.Min((int)Math.Floor(stored.Top * y), image.Height - 1);
        var width = Math.Clamp((int)Math.Ceiling(stored.Right * x) - left, 1, image.Width - left);
        var height = Math.Clamp((int)Math.Ceiling(stored.Bottom * y) - top, 1, image.Height - top);
        return scope.Keep(image.ExtractArea(left, top, width, height));
    }

    /// <summary>Flattens transparency onto white, at the bit depth of the picture.</summary>
    internal Image OnWhite(Image image) => image.HasAlpha()
        ? scope.Keep(image.Flatten([image.Format == Enums.BandFormat.Ushort ? SixteenBitWhite : byte.MaxValue]))
        : image;

    /// <summary>Converts any color space to 8-bit RGB.</summary>
    /// <param name="image">A picture without alpha.</param>
    /// <param name="profile">
    /// The embedded profile if the result is still in its color space, otherwise null: for plain RGB only the pixels of the network's input
    /// are converted (<see cref="ApplyProfile"/>), about a hundredth of a photograph.
    /// </param>
    internal Image ToRgb(Image image, out byte[]? profile)
    {
        profile = PictureFields.ProfileOf(image);
        if (image is { Interpretation: Enums.Interpretation.Srgb, Format: Enums.BandFormat.Uchar, Bands: 3 }) return image;

        var converted = profile is null ? ByInterpretation(image) : ByProfile(image);
        profile = null;
        var three = converted.Bands == 3 ? converted : scope.Keep(converted.ExtractBand(0, n: 3));
        return three.Format == Enums.BandFormat.Uchar ? three : scope.Keep(three.Cast(Enums.BandFormat.Uchar));
    }

    /// <summary>Converts RGB pixels from a profile to sRGB, in place.</summary>
    internal void ApplyProfile(byte[] profile, int width, int height, Span<byte> pixels)
    {
        var plain = scope.Keep(Image.NewFromMemoryCopy<byte>(pixels, width, height, bands: 3, Enums.BandFormat.Uchar));
        var labelled = scope.Keep(PictureFields.WithProfile(plain, profile));
        using var strip = new RowStrip(ByProfile(labelled), height);
        strip.Read(0, height);
        strip.Rows(height).CopyTo(pixels);
    }

    private Image ByProfile(Image image)
    {
        try
        {
            return scope.Keep(image.IccTransform("srgb", embedded: true));
        }
        catch (VipsException)
        {
            // The profile is damaged or for another color space. Viewers ignore such a profile.
            return ByInterpretation(image);
        }
    }

    private Image ByInterpretation(Image image) =>
        image.Interpretation == Enums.Interpretation.Srgb ? image : scope.Keep(image.Colourspace(Enums.Interpretation.Srgb));
}
