using System.Runtime.InteropServices;
using NetVips;

namespace ImageSearch.Embedding.Vips;

/// <summary>
/// Functions of libvips that NetVips lacks or calls with copies: it copies a file's bytes unless they fill an array, and each strip of rows
/// twice.
/// </summary>
internal static partial class VipsNative
{
    private const string Library = "libvips";

    /// <summary>Resolves the library to the file that NetVips has loaded. Called once per process.</summary>
    internal static void Bind() => NativeLibrary.SetDllImportResolver(typeof(VipsNative).Assembly, (name, assembly, path) =>
        name == Library ? NativeLibrary.Load(FileName, assembly, path) : 0);

    private static string FileName =>
        OperatingSystem.IsWindows() ? "libvips-42.dll" : OperatingSystem.IsMacOS() ? "libvips.42.dylib" : "libvips.so.42";

    [LibraryImport(Library, EntryPoint = "vips_source_new_from_memory")]
    internal static unsafe partial nint NewSource(byte* data, nuint length);

    /// <summary>Attaches a region to a box of its picture.</summary>
    [LibraryImport(Library, EntryPoint = "vips_region_image")]
    internal static partial int AttachRegion(Region region, in VipsRectangle box);

    /// <summary>Computes a box of a region's picture into the memory of another region.</summary>
    [LibraryImport(Library, EntryPoint = "vips_region_prepare_to")]
    internal static partial int ComputeInto(Region region, Region target, in VipsRectangle box, int x, int y);

    /// <summary>
    /// Clears the error buffer of the process. Loaders append to it even if they succeed: TIFF and AVIF read beyond the end of the file.
    /// </summary>
    [LibraryImport(Library, EntryPoint = "vips_error_clear")]
    internal static partial void ClearErrors();

    /// <summary>The error buffer of the process, zero-terminated.</summary>
    [LibraryImport(Library, EntryPoint = "vips_error_buffer")]
    internal static unsafe partial byte* ErrorText();

    /// <summary>Frees the data that libvips keeps for the calling thread. The last call of a thread that has used libvips.</summary>
    [LibraryImport(Library, EntryPoint = "vips_thread_shutdown")]
    internal static partial void ShutDownThread();
}

/// <summary>VipsRect of rect.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct VipsRectangle(int Left, int Top, int Width, int Height);
