using System.Runtime.CompilerServices;
using NetVips;

namespace ImageSearch.Embedding.Vips;

/// <summary>Starts libvips once per process, with only the loaders of <see cref="Pictures.PictureType"/> enabled.</summary>
internal static class VipsLibrary
{
    private static readonly Lazy<bool> Started = new(Start);

    /// <summary>Loads and configures the library. Call it before the first use of NetVips, which starts libvips.</summary>
    /// <exception cref="DllNotFoundException">The native library is not beside the assembly.</exception>
    internal static void EnsureStarted() => _ = Started.Value;

    private static bool Start()
    {
        NativeHeap.FixMapThreshold();
        // libvips writes warnings about clients' pictures to stderr unless this is set before it starts.
        NativeEnvironment.Set("VIPS_WARNING", "0");
        return Configure();
    }

    // A separate method, so that NetVips' module initializer does not run before the lines above.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Configure()
    {
        if (!ModuleInitializer.VipsInitialized) throw new DllNotFoundException("libvips does not start", ModuleInitializer.Exception);
        if (NetVips.NetVips.Version(0) != 8) throw new InvalidOperationException($"libvips 8 is needed, this is {NetVips.NetVips.Version(0)}");
        VipsNative.Bind();

        // Each picture is decoded by the thread of its lane: more threads would compete with the other lanes for the cores.
        NetVips.NetVips.Concurrency = 1;
        // The cache of operations would keep pictures alive that are never used again.
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
