namespace ImageSearch.VectorIndex.Memory;

/// <summary>
/// An arena allocator of zeroed native memory. Chunks double in size: a small index takes little memory, a large one has few chunks with
/// huge pages. Addresses stay valid until the arena is disposed, which frees all chunks. Not thread-safe.
/// </summary>
internal sealed unsafe class Arena : IDisposable
{
    private const nuint MaxChunk = 64 << 20;
    private const nuint CacheLine = 64;

    private readonly List<NativePages> _chunks = [];
    private nuint _allocated;
    private nuint _remaining;
    private byte* _next;

    /// <summary>Allocates zeroed memory, aligned to a cache line.</summary>
    /// <exception cref="OutOfMemoryException">The system is out of memory; the arena is unchanged.</exception>
    public byte* Allocate(nuint bytes)
    {
        bytes = (bytes + CacheLine - 1) & ~(CacheLine - 1);
        if (bytes > _remaining)
        {
            nuint chunk = nuint.Max(bytes, nuint.Min(MaxChunk, _allocated));
            var pages = new NativePages(chunk);
            _chunks.Add(pages);
            _next = pages.Start;
            _remaining = chunk;
        }

        byte* allocated = _next;
        _next += bytes;
        _remaining -= bytes;
        _allocated += bytes;
        return allocated;
    }

    public void Dispose()
    {
        foreach (NativePages chunk in _chunks)
            chunk.Dispose();
        _chunks.Clear();
        _remaining = 0;
    }
}
