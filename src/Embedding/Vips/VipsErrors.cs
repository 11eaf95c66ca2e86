namespace ImageSearch.Embedding.Vips;

/// <summary>
/// Whether libvips may have had something to say. It has one error text for the whole process, which other lanes write and clear: it can
/// only be a reason to look closer.
/// </summary>
internal static class VipsErrors
{
    private static int _cleared;

    /// <summary>A moment to ask about later.</summary>
    internal static int Now => Volatile.Read(ref _cleared);

    /// <summary>Whether there may have been an error or a warning since a moment, in any lane.</summary>
    internal static unsafe bool MayBeSince(int moment) => *VipsNative.ErrorText() != 0 || moment != Now;

    /// <summary>Empties the text.</summary>
    internal static void Clear()
    {
        Interlocked.Increment(ref _cleared);
        VipsNative.ClearErrors();
    }
}
