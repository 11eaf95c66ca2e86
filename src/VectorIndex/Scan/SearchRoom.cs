using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Graph;
using ImageSearch.VectorIndex.Memory;
using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Scan;

/// <summary>What one search needs, kept for the next one, so that a search allocates nothing.</summary>
#pragma warning disable CA1001 // A room that is not kept is left to the collector, and its memory is a SafeHandle.
internal sealed unsafe class SearchRoom
#pragma warning restore CA1001
{
    private NativePages? _memory;
    private nuint _bytes;
    private ScoredHit[] _hits = [];
    private float[] _least = [];

    public WalkRoom Walk { get; } = new();

    public CandidateList Candidates { get; } = new();

    /// <summary>Slots of the rows that a small filter allows.</summary>
    public List<int> Slots { get; } = [];

    /// <summary>Rows whose vectors are not as they were written.</summary>
    public List<(long Id, int Version)> Damaged { get; } = [];

    /// <summary>Room for one vector, with zeros behind its last value.</summary>
    public float* Row { get; private set; }

    public Span<ScoredHit> ScoredHits(int count)
    {
        if (_hits.Length < count)
            _hits = new ScoredHit[count];
        return _hits.AsSpan(0, count);
    }

    public Span<float> Least(int count)
    {
        if (_least.Length < count)
            _least = new float[count];
        return _least.AsSpan(0, count);
    }

    /// <summary>Codes and pads the views; they lie in this room until the next query.</summary>
    public Query Prepare(ReadOnlySpan<float> view, ReadOnlySpan<float> secondView)
    {
        int stride = ExactVectors.StrideOf(view.Length);
        int codeStride = RowCode.StrideOf(view.Length);
        nuint floats = (nuint)(stride * sizeof(float));
        nuint shorts = (nuint)(codeStride * sizeof(short));
        byte* start = Memory((3 * floats) + (2 * shorts));
        Row = (float*)start;
        new Span<float>(Row, stride).Clear();
        float* first = (float*)(start + floats);
        Pad(view, new Span<float>(first, stride));
        short* codes = (short*)(start + (3 * floats));
        QueryCode code = QueryCode.Encode(view, codes);
        if (secondView.IsEmpty)
            return new Query(code, first, default, null, stride);

        float* second = (float*)(start + (2 * floats));
        Pad(secondView, new Span<float>(second, stride));
        return new Query(code, first, QueryCode.Encode(secondView, codes + codeStride), second, stride);
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

    private static void Pad(ReadOnlySpan<float> view, Span<float> room)
    {
        view.CopyTo(room);
        room[view.Length..].Clear();
    }
}
