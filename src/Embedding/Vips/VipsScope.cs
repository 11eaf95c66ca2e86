using NetVips;

namespace ImageSearch.Embedding.Vips;

/// <summary>
/// Owns the objects of one decoding and disposes of them in reverse order, so that native memory does not wait for a garbage collection.
/// Also clears the error buffer.
/// </summary>
internal sealed class VipsScope : IDisposable
{
    private readonly Stack<VipsObject> _objects = new();

    /// <summary>Takes ownership of a picture or region.</summary>
    /// <returns>The same object.</returns>
    internal T Keep<T>(T owned)
        where T : VipsObject
    {
        _objects.Push(owned);
        return owned;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_objects.TryPop(out var owned)) owned.Dispose();
        VipsErrors.Clear();
    }
}
