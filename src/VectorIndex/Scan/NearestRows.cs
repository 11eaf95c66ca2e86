namespace ImageSearch.VectorIndex.Scan;

/// <summary>A hit and the inner product by which it is chosen.</summary>
internal readonly record struct ScoredHit(float Score, Hit Hit)
{
    /// <summary>The order of choice: by score, among equals the smaller id is better. No two rows are equal in it.</summary>
    public bool IsWorseThan(in ScoredHit other) => Score < other.Score || (Score == other.Score && Hit.Id > other.Hit.Id);
}

/// <summary>The best rows so far, as many as there is room for: a heap with the worst one on top.</summary>
internal ref struct NearestRows(Span<ScoredHit> room)
{
    private readonly Span<ScoredHit> _heap = room;
    private int _count;

    /// <summary>Rows with a lower score have no chance.</summary>
    public float MinScore { get; private set; } = float.NegativeInfinity;

    /// <summary>Takes a row in if it is among the best. Each may be offered once.</summary>
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

    private readonly void SiftUp(int place, in ScoredHit hit)
    {
        while (place > 0)
        {
            int parent = (place - 1) / 2;
            if (!hit.IsWorseThan(_heap[parent]))
                break;
            _heap[place] = _heap[parent];
            place = parent;
        }

        _heap[place] = hit;
    }

    private readonly void SiftDown(in ScoredHit hit)
    {
        int place = 0;
        while (true)
        {
            int child = (2 * place) + 1;
            if (child >= _heap.Length)
                break;
            if (child + 1 < _heap.Length && _heap[child + 1].IsWorseThan(_heap[child]))
                child++;
            if (!_heap[child].IsWorseThan(hit))
                break;
            _heap[place] = _heap[child];
            place = child;
        }

        _heap[place] = hit;
    }
}
