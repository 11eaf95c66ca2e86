namespace ImageSearch.Embedding.Vips;

/// <summary>libvips, started once a process and shut to all loaders but those of <see cref="Pictures.PictureType"/>.</summary>
internal static class VipsLibrary
{
    private static readonly Lazy<VipsTypes> Started = new(Start);

    /// <summary>GObject types that are known by name only; reading them starts the library.</summary>
    internal static VipsTypes Types => Started.Value;

    /// <summary>Loads and configures the library.</summary>
    /// <exception cref="DllNotFoundException">The native file is not beside the assembly.</exception>
    internal static void EnsureStarted() => _ = Started.Value;

    private static VipsTypes Start()
    {
        NativeHeap.KeepSmall();
        // libvips writes warnings about clients' pictures to stderr unless this is set; it must be before vips_init.
        _ = VipsNative.SetEnvironment("VIPS_WARNING"u8, "0"u8, 1);
        if (VipsNative.Init("ImageSearch") != 0) throw new InvalidOperationException("libvips does not start");
        if (VipsNative.Version(0) != 8) throw new InvalidOperationException($"libvips 8 is needed, this is {VipsNative.Version(0)}");

        // One picture is decoded by one thread, its lane's: more threads a picture would fight the other lanes for the cores.
        VipsNative.SetConcurrency(1);
        // Its cache of operations keeps pictures alive that nobody asks for again.
        VipsNative.SetCacheSize(0);

        VipsNative.BlockOperation("VipsForeignLoad"u8, 1);
        VipsNative.BlockOperation("VipsForeignLoadJpeg"u8, 0);
        VipsNative.BlockOperation("VipsForeignLoadPng"u8, 0);
        VipsNative.BlockOperation("VipsForeignLoadWebp"u8, 0);
        VipsNative.BlockOperation("VipsForeignLoadNsgif"u8, 0);
        VipsNative.BlockOperation("VipsForeignLoadTiff"u8, 0);
        VipsNative.BlockOperation("VipsForeignLoadHeif"u8, 0);
        VipsNative.BlockUntrusted(1);
        return VipsTypes.Read();
    }
}

/// <summary>The GObject types of libvips that properties are set by.</summary>
internal readonly record struct VipsTypes(nuint Image, nuint Blob, nuint Doubles)
{
    internal static VipsTypes Read() => new(
        VipsNative.TypeFromName("VipsImage"u8),
        VipsNative.TypeFromName("VipsBlob"u8),
        VipsNative.TypeFromName("VipsArrayDouble"u8));
}
