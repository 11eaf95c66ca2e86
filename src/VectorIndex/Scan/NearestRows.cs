namespace ImageSearch.VectorIndex.Scan;

/// <summary>A hit and the inner product by which it is selected.</summary>
internal readonly record struct ScoredHit(float Score, Hit Hit)
{
    /// <summary>A total order: the greater score is better, of equal scores the smaller id.</summary>
    public bool IsWorseThan(in ScoredHit other) => Score < other.Score || (Score == other.Score && Hit.Id > other.Hit.Id);
}

/// <summary>The top-k rows so far: a heap with the worst one on top.</summary>
internal ref struct NearestRows(Span<ScoredHit> heap)
{
    private readonly Span<ScoredHit> _heap = heap;
    private int _count;

    /// <summary>Rows with a lower score are not accepted.</summary>
    public float MinScore { get; private set; } = float.NegativeInfinity;

    /// <summary>Adds a row if it is among the best. Each row must be offered only once.</summary>
    public void Offer(in ScoredHit hit)
    {
        if (_count < _heap.Length)
            SiftUp(_count++, hit);
        else if (_heap.Length > 0 && _heap[0].IsWorseThan(hit))
            SiftDown(hit);
        else
            return;

        if (_count == _heap.Length)
            MinScore = _heap[0].Score;
    }

    public readonly int CopyTo(Span<Hit> destination)
    {
        for (int i = 0; i < _count; i++)
            destination[i] = _heap[i].Hit;
        return _count;
    }

    private readonly void SiftUp(int index, in ScoredHit hit)
    {
        while (index > 0)
        {
            int parent = (index - 1) / 2;
            if (!hit.IsWorseThan(_heap[parent]))
                break;
            _heap[index] = _heap[parent];
            index = parent;
        }

        _heap[index] = hit;
    }

    private readonly void SiftDown(in ScoredHit hit)
    {
        int index = 0;
        while (true)
        {
            int child = (2 * index) + 1;
            if (child >= _heap.Length)
                break;
            if (child + 1 < _heap.Length && _heap[child + 1].IsWorseThan(_heap[child]))
                child++;
            if (!_heap[child].IsWorseThan(hit))
                break;
            _heap[index] = _heap[child];
            index = child;
        }

        _heap[index] = hit;
    }
}
