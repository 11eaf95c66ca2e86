using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Graph;
using ImageSearch.VectorIndex.Memory;
using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Scan;

/// <summary>Buffers of a search, reused by the next one: a search allocates nothing.</summary>
#pragma warning disable CA1001 // An object that is not returned to the pool is collected, and its memory is a SafeHandle.
internal sealed unsafe class SearchScratch
#pragma warning restore CA1001
{
    private NativePages? _memory;
    private nuint _bytes;
    private ScoredHit[] _hits = [];
    private float[] _bounds = [];
    private SearchScratch[] _group = [];

    public GraphScratch Graph { get; } = new();

    public CandidateList Candidates { get; } = new();

    /// <summary>Slots of the rows that a small filter allows.</summary>
    public List<int> Slots { get; } = [];

    /// <summary>Rows whose vectors are damaged.</summary>
    public List<(long Id, int Version)> Damaged { get; } = [];

    /// <summary>Buffer for one vector, with zeros after its last value.</summary>
    public float* Row { get; private set; }

    /// <summary>The query that <see cref="Prepare"/> prepared last.</summary>
    public Query Query { get; private set; }

    /// <summary>Buffers for several searches, of which this one is the first.</summary>
    public ReadOnlySpan<SearchScratch> Group(int count)
    {
        if (_group.Length < count)
            _group = [this, .. Enumerable.Range(1, count - 1).Select(_ => new SearchScratch())];
        return _group.AsSpan(0, count);
    }

    public Span<ScoredHit> ScoredHits(int count)
    {
        if (_hits.Length < count)
            _hits = new ScoredHit[count];
        return _hits.AsSpan(0, count);
    }

    public Span<float> Bounds(int count)
    {
        if (_bounds.Length < count)
            _bounds = new float[count];
        return _bounds.AsSpan(0, count);
    }

    /// <summary>Quantizes and pads the query vectors. They are valid until the next call.</summary>
    public Query Prepare(ReadOnlySpan<float> query, ReadOnlySpan<float> secondQuery)
    {
        int stride = ExactVectors.StrideOf(query.Length);
        int codeStride = RowCode.StrideOf(query.Length);
        nuint floats = (nuint)(stride * sizeof(float));
        nuint shorts = (nuint)(codeStride * sizeof(short));
        byte* start = Memory((3 * floats) + (2 * shorts));
        Row = (float*)start;
        new Span<float>(Row, stride).Clear();
        float* first = (float*)(start + floats);
        Pad(query, new Span<float>(first, stride));
        short* codes = (short*)(start + (3 * floats));
        QueryCode code = QueryCode.Encode(query, codes);
        if (secondQuery.IsEmpty)
            return Query = new Query(code, first, default, null, stride);

        float* second = (float*)(start + (2 * floats));
        Pad(secondQuery, new Span<float>(second, stride));
        return Query = new Query(code, first, QueryCode.Encode(secondQuery, codes + codeStride), second, stride);
    }

    private byte* Memory(nuint bytes)
    {
        if (_bytes < bytes)
        {
            _memory?.Dispose();
            _memory = new NativePages(bytes);
            _bytes = bytes;
        }

        return _memory!.Start;
    }

    private static void Pad(ReadOnlySpan<float> vector, Span<float> buffer)
    {
        vector.CopyTo(buffer);
        buffer[vector.Length..].Clear();
    }
}
