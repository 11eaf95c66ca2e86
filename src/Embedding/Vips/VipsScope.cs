using NetVips;

namespace ImageSearch.Embedding.Vips;

/// <summary>Keeps what one decoding makes and disposes of it, the last first: libvips' memory does not wait for a garbage collection, nor its error text grow.</summary>
internal sealed class VipsScope : IDisposable
{
    private readonly Stack<VipsObject> _made = new();

    /// <summary>Takes a picture or region over.</summary>
    /// <returns>The same.</returns>
    internal T Keep<T>(T made)
        where T : VipsObject
    {
        _made.Push(made);
        return made;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_made.TryPop(out var made)) made.Dispose();
        VipsErrors.Clear();
    }
}
