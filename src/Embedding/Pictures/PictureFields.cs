using NetVips;

namespace ImageSearch.Embedding.Pictures;

/// <summary>The metadata of a picture.</summary>
internal static class PictureFields
{
    private const string Profile = "icc-profile-data";
    // Printer profiles have up to 3 MB.
    private const int MaxProfileBytes = 4 << 20;

    private const string Orientation = "orientation";

    /// <summary>The EXIF orientation, 1..8.</summary>
    internal static Orientation OrientationOf(Image image) =>
        new(image.Contains(Orientation) && image.Get(Orientation) is int and >= 1 and <= 8 and var orientation ? orientation : 1);

    /// <summary>Whether a JPEG has several scans or a PNG is interlaced.</summary>
    internal static bool IsInterlaced(Image image) => image.Contains("interlaced");

    /// <summary>The embedded ICC profile; null if there is none or it is equivalent to sRGB.</summary>
    internal static byte[]? ProfileOf(Image image) =>
        image.Contains(Profile) && image.Get(Profile) is byte[] { Length: > 0 and <= MaxProfileBytes } profile && !SrgbProfile.Is(profile) ? profile : null;

    /// <summary>Returns the same pixels with an ICC profile.</summary>
    internal static Image WithProfile(Image image, byte[] profile) =>
        image.Mutate(mutable => mutable.Set(GValue.BlobType, Profile, profile));
}
