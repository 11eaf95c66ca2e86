namespace ImageSearch.Embedding.Vips;

/// <summary>
/// Whether libvips may have reported an error or a warning. Its error buffer is shared by the whole process, and other lanes write and
/// clear it, so that it is only a reason for a closer check.
/// </summary>
internal static class VipsErrors
{
    private static int _cleared;

    /// <summary>A point in time for <see cref="MayExistSince"/>.</summary>
    internal static int Now => Volatile.Read(ref _cleared);

    /// <summary>Whether there may have been an error or a warning in any lane since a point in time.</summary>
    internal static unsafe bool MayExistSince(int moment) => *VipsNative.ErrorText() != 0 || moment != Now;

    /// <summary>Clears the error buffer.</summary>
    internal static void Clear()
    {
        Interlocked.Increment(ref _cleared);
        VipsNative.ClearErrors();
    }
}
