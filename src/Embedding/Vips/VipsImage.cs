using System.Runtime.InteropServices;

namespace ImageSearch.Embedding.Vips;

/// <summary>A picture of libvips: a pipeline of operations whose pixels are computed when they are read.</summary>
internal sealed class VipsImage : SafeHandle
{
    /// <summary>Takes over one reference.</summary>
    internal VipsImage(nint reference)
        : base(0, ownsHandle: true) => SetHandle(reference);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    internal int Width => VipsNative.Width(handle);

    internal int Height => VipsNative.Height(handle);

    internal int Bands => VipsNative.Bands(handle);

    internal VipsFormat Format => (VipsFormat)VipsNative.Format(handle);

    internal VipsInterpretation Interpretation => (VipsInterpretation)VipsNative.Interpretation(handle);

    /// <summary>The EXIF orientation, 1..8.</summary>
    internal int Orientation => VipsNative.Orientation(handle) is >= 1 and <= 8 and var orientation ? orientation : 1;

    internal bool HasAlpha => VipsNative.HasAlpha(handle) != 0;

    private static ReadOnlySpan<byte> ProfileField => "icc-profile-data"u8;

    /// <summary>Whether a JPEG has several scans or a PNG is interlaced.</summary>
    internal bool IsInterlaced => VipsNative.TypeOfField(handle, "interlaced"u8) != 0;

    /// <summary>Copies 8-bit RGB pixels into a picture.</summary>
    internal static VipsImage FromPixels(ReadOnlySpan<byte> pixels, int width, int height)
    {
        var image = VipsNative.CopyFromMemory(pixels, (nuint)pixels.Length, width, height, bands: 3, (int)VipsFormat.UInt8);
        return image == 0 ? throw VipsException.After("copy from memory") : new VipsImage(image);
    }

    /// <summary>The embedded ICC profile, empty where there is none; valid as long as the picture.</summary>
    internal unsafe ReadOnlySpan<byte> IccProfile =>
        VipsNative.TypeOfField(handle, ProfileField) != 0 && VipsNative.GetBlob(handle, ProfileField, out var data, out var length) == 0
            ? new ReadOnlySpan<byte>(data, checked((int)length))
            : default;

    /// <summary>Embeds an ICC profile. Only in a picture that nothing else uses yet.</summary>
    internal void SetIccProfile(ReadOnlySpan<byte> profile)
    {
        VipsNative.SetBlobCopy(handle, ProfileField, profile, (nuint)profile.Length);
        GC.KeepAlive(this);
    }

    /// <summary>The same picture under a handle of its own.</summary>
    internal VipsImage Share()
    {
        var shared = new VipsImage(VipsNative.AddReference(handle));
        GC.KeepAlive(this);
        return shared;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        VipsNative.Release(handle);
        return true;
    }
}

/// <summary>libvips' VipsBandFormat, the values that are told apart.</summary>
internal enum VipsFormat
{
    UInt8 = 0,
    UInt16 = 2,
}

/// <summary>libvips' VipsInterpretation, the values that are told apart.</summary>
internal enum VipsInterpretation
{
    Cmyk = 15,
    Srgb = 22,
}
