namespace ImageSearch.VectorIndex;

/// <summary>The best candidates so far, as many as there is room for: a heap with the worst one on top.</summary>
internal ref struct NearestCandidates(Span<Candidate> room)
{
    private readonly Span<Candidate> _heap = room;
    private int _count;

    public readonly ReadOnlySpan<Candidate> Items => _heap[.._count];

    /// <summary>Candidates with a lower score have no chance.</summary>
    public float LeastScore { get; private set; } = float.NegativeInfinity;

    /// <summary>Takes a candidate in if it is among the best. Each row may be offered once.</summary>
    public void Offer(in Candidate candidate)
    {
        if (_count < _heap.Length)
            SiftUp(_count++, candidate);
        else if (_heap[0].IsWorseThan(candidate))
            SiftDown(candidate);
        else
            return;

        if (_count == _heap.Length)
            LeastScore = _heap[0].Score;
    }

    private readonly void SiftUp(int place, in Candidate candidate)
    {
        while (place > 0)
        {
            int parent = (place - 1) / 2;
            if (!candidate.IsWorseThan(_heap[parent]))
                break;
            _heap[place] = _heap[parent];
            place = parent;
        }

        _heap[place] = candidate;
    }

    private readonly void SiftDown(in Candidate candidate)
    {
        int place = 0;
        while (true)
        {
            int child = (2 * place) + 1;
            if (child >= _heap.Length)
                break;
            if (child + 1 < _heap.Length && _heap[child + 1].IsWorseThan(_heap[child]))
                child++;
            if (!_heap[child].IsWorseThan(candidate))
                break;
            _heap[place] = _heap[child];
            place = child;
        }

        _heap[place] = candidate;
    }
}
