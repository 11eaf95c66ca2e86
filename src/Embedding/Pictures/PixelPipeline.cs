using ImageSearch.Embedding.Vips;
using NetVips;

namespace ImageSearch.Embedding.Pictures;

/// <summary>The steps between a loader and the network's pixels. Each gives the same picture where it has nothing to do.</summary>
/// <param name="scope">Takes over the pictures that the steps make.</param>
internal sealed class PixelPipeline(VipsScope scope)
{
    private const int SixteenBitWhite = 65_535;

    /// <summary>Cuts a box out of a picture that the loader may have shrunk.</summary>
    internal Image Cut(Image image, PixelBox stored, PictureHeader header)
    {
        if (stored.Width == header.StoredWidth && stored.Height == header.StoredHeight) return image;
        var (x, y) = ((double)image.Width / header.StoredWidth, (double)image.Height / header.StoredHeight);
        var left = Math.Min((int)Math.Floor(stored.Left * x), image.Width - 1);
        var top = Math.Min((int)Math.Floor(stored.Top * y), image.Height - 1);
        var width = Math.Clamp((int)Math.Ceiling(stored.Right * x) - left, 1, image.Width - left);
        var height = Math.Clamp((int)Math.Ceiling(stored.Bottom * y) - top, 1, image.Height - top);
        return scope.Keep(image.ExtractArea(left, top, width, height));
    }

    /// <summary>Lays transparency on white, in the picture's own depth.</summary>
    internal Image OnWhite(Image image) => image.HasAlpha()
        ? scope.Keep(image.Flatten([image.Format == Enums.BandFormat.Ushort ? SixteenBitWhite : byte.MaxValue]))
        : image;

    /// <summary>Brings any colour space to 8-bit RGB.</summary>
    /// <param name="image">Without alpha.</param>
    /// <param name="profile">
    /// The embedded profile whose colours the result still has, or null: of plain RGB only the pixels that the network sees are converted
    /// (<see cref="ApplyProfile"/>), a hundredth of a photograph's.
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
        using var region = Region.New(ByProfile(labelled));
        region.Read(0, width, height, pixels);
    }

    private Image ByProfile(Image image)
    {
        try
        {
            return scope.Keep(image.IccTransform("srgb", embedded: true));
        }
        catch (VipsException)
        {
            // Damaged, or for another colour space than the picture's: viewers pass over such a profile.
            return ByInterpretation(image);
        }
    }

    private Image ByInterpretation(Image image) =>
        image.Interpretation == Enums.Interpretation.Srgb ? image : scope.Keep(image.Colourspace(Enums.Interpretation.Srgb));
}
