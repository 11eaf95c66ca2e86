namespace ImageSearch.VectorIndex.Scan;

/// <summary>The greatest of the scores that rows have at least, as many as rows are wanted: a heap with the lowest on top.</summary>
internal ref struct MinScores(Span<float> room)
{
    private readonly Span<float> _heap = room;

    public int Count { get; private set; }

    /// <summary>As many rows as are wanted have a score of at least this.</summary>
    public float Bound { get; private set; } = float.NegativeInfinity;

    /// <summary>Takes in what a row scores at least. Each row may be offered once.</summary>
    public void Offer(float score)
    {
        if (Count < _heap.Length)
            SiftUp(Count++, score);
        else if (score > _heap[0])
            SiftDown(score);
        else
            return;

        if (Count == _heap.Length)
            Bound = _heap[0];
    }

    private readonly void SiftUp(int place, float score)
    {
        while (place > 0)
        {
            int parent = (place - 1) / 2;
            if (score >= _heap[parent])
                break;
            _heap[place] = _heap[parent];
            place = parent;
        }

        _heap[place] = score;
    }

    private readonly void SiftDown(float score)
    {
        int place = 0;
        while (true)
        {
            int child = (2 * place) + 1;
            if (child >= _heap.Length)
                break;
            if (child + 1 < _heap.Length && _heap[child + 1] < _heap[child])
                child++;
            if (_heap[child] >= score)
                break;
            _heap[place] = _heap[child];
            place = child;
        }

        _heap[place] = score;
    }
}
