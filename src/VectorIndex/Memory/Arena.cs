namespace ImageSearch.VectorIndex.Memory;

/// <summary>
/// Zeroed native memory that only grows, in pieces that double: a small index takes little, a large one few pieces with huge pages.
/// Addresses stay as they are until all is freed at once. Used by one writer at a time.
/// </summary>
internal sealed unsafe class Arena : IDisposable
{
    private const nuint LargestPiece = 64 << 20;
    private const nuint Line = 64;

    private readonly List<NativePages> _pieces = [];
    private nuint _given;
    private nuint _left;
    private byte* _next;

    /// <summary>Zeroed memory from the start of a cache line on.</summary>
    /// <exception cref="OutOfMemoryException">The system has no more; nothing has changed.</exception>
    public byte* Take(nuint bytes)
    {
        bytes = (bytes + Line - 1) & ~(Line - 1);
        if (bytes > _left)
        {
            nuint piece = nuint.Max(bytes, nuint.Min(LargestPiece, _given));
            var pages = new NativePages(piece);
            _pieces.Add(pages);
            _next = pages.Start;
            _left = piece;
        }

        byte* taken = _next;
        _next += bytes;
        _left -= bytes;
        _given += bytes;
        return taken;
    }

    public void Dispose()
    {
        foreach (NativePages piece in _pieces)
            piece.Dispose();
        _pieces.Clear();
        _left = 0;
    }
}
