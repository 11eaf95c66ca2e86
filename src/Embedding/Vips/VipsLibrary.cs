using System.Runtime.CompilerServices;
using NetVips;

namespace ImageSearch.Embedding.Vips;

/// <summary>libvips, started once a process and shut to all loaders but those of <see cref="Pictures.PictureType"/>.</summary>
internal static class VipsLibrary
{
    private static readonly Lazy<bool> Started = new(Start);

    /// <summary>Loads and configures the library. To be called before the first use of NetVips, which starts libvips when it is touched.</summary>
    /// <exception cref="DllNotFoundException">The native library is not beside the assembly.</exception>
    internal static void EnsureStarted() => _ = Started.Value;

    private static bool Start()
    {
        NativeHeap.KeepSmall();
        // libvips writes warnings about clients' pictures to stderr unless this is set before it starts.
        NativeEnvironment.Set("VIPS_WARNING", "0");
        return Configure();
    }

    // Of its own, so that NetVips' module initialiser does not run before the lines above.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Configure()
    {
        if (!ModuleInitializer.VipsInitialized) throw new DllNotFoundException("libvips does not start", ModuleInitializer.Exception);
        if (NetVips.NetVips.Version(0) != 8) throw new InvalidOperationException($"libvips 8 is needed, this is {NetVips.NetVips.Version(0)}");
        VipsNative.Bind();

        // One picture is decoded by one thread, its lane's: more threads a picture would fight the other lanes for the cores.
        NetVips.NetVips.Concurrency = 1;
        // Its cache of operations keeps pictures alive that nobody asks for again.
        Cache.Max = 0;

        Operation.Block("VipsForeignLoad", true);
        Operation.Block("VipsForeignLoadJpeg", false);
        Operation.Block("VipsForeignLoadPng", false);
        Operation.Block("VipsForeignLoadWebp", false);
        Operation.Block("VipsForeignLoadNsgif", false);
        Operation.Block("VipsForeignLoadTiff", false);
        Operation.Block("VipsForeignLoadHeif", false);
        NetVips.NetVips.BlockUntrusted = true;
        return true;
    }
}
