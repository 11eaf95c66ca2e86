using System.Runtime.InteropServices;

namespace ImageSearch.Embedding.Vips;

/// <summary>
/// The part of libvips' and GObject's C API that is used. None of these takes a variable number of arguments: such calls have another
/// convention on some platforms. Names are UTF-8 literals, which end in a zero.
/// </summary>
internal static partial class VipsNative
{
    // The file beside the assembly, whatever its platform's ending; eng/NativePackages.targets puts it there.
    private const string Library = "libvips";

    /// <summary>GObject's value: a type and room for anything.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct GValue
    {
        internal nuint Type;
        private readonly ulong _data0;
        private readonly ulong _data1;
    }

    // GObject's fundamental types are (index << 2) by its binary interface.
    internal const nuint BooleanType = 5 << 2;
    internal const nuint IntType = 6 << 2;
    internal const nuint DoubleType = 15 << 2;
    internal const nuint StringType = 16 << 2;

    [LibraryImport(Library, EntryPoint = "vips_init", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Init(string programName);

    [LibraryImport(Library, EntryPoint = "vips_version")]
    internal static partial int Version(int part);

    [LibraryImport(Library, EntryPoint = "vips_block_untrusted_set")]
    internal static partial void BlockUntrusted(int state);

    [LibraryImport(Library, EntryPoint = "vips_operation_block_set")]
    internal static partial void BlockOperation(ReadOnlySpan<byte> className, int state);

    [LibraryImport(Library, EntryPoint = "vips_concurrency_set")]
    internal static partial void SetConcurrency(int threads);

    [LibraryImport(Library, EntryPoint = "vips_cache_set_max")]
    internal static partial void SetCacheSize(int operations);

    [LibraryImport(Library, EntryPoint = "vips_thread_shutdown")]
    internal static partial void ShutDownThread();

    [LibraryImport(Library, EntryPoint = "vips_error_clear")]
    internal static partial void ClearErrors();

    [LibraryImport(Library, EntryPoint = "vips_tracked_get_allocs")]
    internal static partial int TrackedAllocations();

    [LibraryImport(Library, EntryPoint = "vips_tracked_get_mem_highwater")]
    internal static partial nuint TrackedHighWater();

    [LibraryImport(Library, EntryPoint = "vips_operation_new")]
    internal static partial nint NewOperation(ReadOnlySpan<byte> name);

    [LibraryImport(Library, EntryPoint = "vips_cache_operation_buildp")]
    internal static partial int BuildOperation(ref nint operation);

    [LibraryImport(Library, EntryPoint = "vips_object_unref_outputs")]
    internal static partial void ReleaseOutputs(nint operation);

    [LibraryImport(Library, EntryPoint = "vips_blob_new")]
    internal static unsafe partial nint NewBlob(nint free, byte* data, nuint length);

    [LibraryImport(Library, EntryPoint = "vips_area_unref")]
    internal static partial void ReleaseArea(nint area);

    [LibraryImport(Library, EntryPoint = "vips_value_set_array_double")]
    internal static partial void SetDoubles(ref GValue value, ReadOnlySpan<double> numbers, int count);

    [LibraryImport(Library, EntryPoint = "vips_image_new_from_memory_copy")]
    internal static partial nint CopyFromMemory(ReadOnlySpan<byte> data, nuint length, int width, int height, int bands, int format);

    [LibraryImport(Library, EntryPoint = "vips_image_get_blob")]
    internal static unsafe partial int GetBlob(nint image, ReadOnlySpan<byte> name, out byte* data, out nuint length);

    [LibraryImport(Library, EntryPoint = "vips_image_set_blob_copy")]
    internal static partial void SetBlobCopy(nint image, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, nuint length);

    [LibraryImport(Library, EntryPoint = "vips_image_get_width")]
    internal static partial int Width(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_height")]
    internal static partial int Height(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_bands")]
    internal static partial int Bands(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_format")]
    internal static partial int Format(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_interpretation")]
    internal static partial int Interpretation(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_orientation")]
    internal static partial int Orientation(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_hasalpha")]
    internal static partial int HasAlpha(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_typeof")]
    internal static partial nuint TypeOfField(nint image, ReadOnlySpan<byte> name);

    [LibraryImport(Library, EntryPoint = "vips_region_new")]
    internal static partial nint NewRegion(nint image);

    [LibraryImport(Library, EntryPoint = "vips_region_fetch")]
    internal static unsafe partial byte* FetchRegion(nint region, int left, int top, int width, int height, out nuint length);

    [LibraryImport(Library, EntryPoint = "g_object_ref")]
    internal static partial nint AddReference(nint instance);

    [LibraryImport(Library, EntryPoint = "g_object_unref")]
    internal static partial void Release(nint instance);

    [LibraryImport(Library, EntryPoint = "g_free")]
    internal static unsafe partial void Free(void* memory);

    [LibraryImport(Library, EntryPoint = "g_setenv")]
    internal static partial int SetEnvironment(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int overwrite);

    [LibraryImport(Library, EntryPoint = "g_type_from_name")]
    internal static partial nuint TypeFromName(ReadOnlySpan<byte> name);

    [LibraryImport(Library, EntryPoint = "g_value_init")]
    internal static partial nint InitValue(ref GValue value, nuint type);

    [LibraryImport(Library, EntryPoint = "g_value_unset")]
    internal static partial void UnsetValue(ref GValue value);

    [LibraryImport(Library, EntryPoint = "g_value_set_boolean")]
    internal static partial void SetBoolean(ref GValue value, int state);

    [LibraryImport(Library, EntryPoint = "g_value_set_int")]
    internal static partial void SetInt(ref GValue value, int number);

    [LibraryImport(Library, EntryPoint = "g_value_set_double")]
    internal static partial void SetDouble(ref GValue value, double number);

    [LibraryImport(Library, EntryPoint = "g_value_set_static_string")]
    internal static partial void SetLiteral(ref GValue value, ReadOnlySpan<byte> text);

    [LibraryImport(Library, EntryPoint = "g_value_set_boxed")]
    internal static partial void SetBoxed(ref GValue value, nint boxed);

    [LibraryImport(Library, EntryPoint = "g_value_set_object")]
    internal static partial void SetObject(ref GValue value, nint instance);

    [LibraryImport(Library, EntryPoint = "g_value_get_object")]
    internal static partial nint GetObject(ref GValue value);

    [LibraryImport(Library, EntryPoint = "g_object_set_property")]
    internal static partial void SetProperty(nint instance, ReadOnlySpan<byte> name, ref GValue value);

    [LibraryImport(Library, EntryPoint = "g_object_get_property")]
    internal static partial void GetProperty(nint instance, ReadOnlySpan<byte> name, ref GValue value);
}
