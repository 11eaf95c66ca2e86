using System.Runtime.InteropServices;
using NetVips;

namespace ImageSearch.Embedding.Vips;

/// <summary>
/// The calls of libvips that NetVips lacks or makes with copies: it copies a file's bytes unless they fill an array, and each strip of
/// rows into a new array, which together is all pixels of a picture.
/// </summary>
internal static partial class VipsNative
{
    private const string Library = "libvips";

    /// <summary>Names the file that NetVips has loaded; once a process.</summary>
    internal static void Bind() => NativeLibrary.SetDllImportResolver(typeof(VipsNative).Assembly, (name, assembly, path) =>
        name == Library ? NativeLibrary.Load(FileName, assembly, path) : 0);

    private static string FileName =>
        OperatingSystem.IsWindows() ? "libvips-42.dll" : OperatingSystem.IsMacOS() ? "libvips.42.dylib" : "libvips.so.42";

    [LibraryImport(Library, EntryPoint = "vips_source_new_from_memory")]
    internal static unsafe partial nint NewSource(byte* data, nuint length);

    [LibraryImport(Library, EntryPoint = "vips_region_fetch")]
    internal static partial nint FetchRegion(Region region, int left, int top, int width, int height, out nuint length);

    /// <summary>Empties the process's error text, to which loaders add also where they succeed: TIFF and AVIF look behind their file's end.</summary>
    [LibraryImport(Library, EntryPoint = "vips_error_clear")]
    internal static partial void ClearErrors();

    /// <summary>The process's error text, which ends with a zero.</summary>
    [LibraryImport(Library, EntryPoint = "vips_error_buffer")]
    internal static unsafe partial byte* ErrorText();

    /// <summary>Frees what libvips keeps for the calling thread; the last call of a thread that has used it.</summary>
    [LibraryImport(Library, EntryPoint = "vips_thread_shutdown")]
    internal static partial void ShutDownThread();
}
