namespace ImageSearch.Embedding.Vips;

/// <summary>
/// A libvips operation failed. It carries no text of libvips: its error buffer is one for the process and may speak of another
/// client's picture.
/// </summary>
internal sealed class VipsException(string operation) : Exception($"libvips: {operation} failed")
{
    /// <summary>Makes the exception and empties libvips' error buffer.</summary>
    internal static VipsException After(string operation)
    {
        VipsNative.ClearErrors();
        return new VipsException(operation);
    }
}
