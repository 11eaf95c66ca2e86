namespace ImageSearch.VectorIndex.Scan;

/// <summary>Pool of scratch objects. If it is empty, a search creates one; if it is full, a returned one is garbage-collected.</summary>
internal static class SearchScratchPool
{
    private static readonly SearchScratch?[] Pooled = new SearchScratch?[2 * Environment.ProcessorCount];

    public static SearchScratch Rent()
    {
        foreach (ref SearchScratch? pooled in Pooled.AsSpan())
        {
            if (pooled is not null && Interlocked.Exchange(ref pooled, null) is { } scratch)
                return scratch;
        }

        return new SearchScratch();
    }

    public static void Return(SearchScratch scratch)
    {
        foreach (ref SearchScratch? pooled in Pooled.AsSpan())
        {
            if (pooled is null && Interlocked.CompareExchange(ref pooled, scratch, null) is null)
                return;
        }
    }
}
