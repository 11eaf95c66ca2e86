namespace ImageSearch.VectorIndex.Scan;

/// <summary>The top-k lower bounds of row scores: a heap with the lowest on top.</summary>
/// <param name="heap">The memory of the heap; its length is top-k.</param>
/// <param name="count">Number of bounds that it already contains.</param>
internal ref struct TopScoreBounds(Span<float> heap, int count = 0)
{
    private readonly Span<float> _heap = heap;

    public int Count { get; private set; } = count;

    /// <summary>At least top-k rows have a score of at least this.</summary>
    public float Bound { get; private set; } = count == heap.Length ? heap[0] : float.NegativeInfinity;

    /// <summary>Adds the lower bound of a row's score. Each row must be offered only once.</summary>
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

    private readonly void SiftUp(int index, float score)
    {
        while (index > 0)
        {
            int parent = (index - 1) / 2;
            if (score >= _heap[parent])
                break;
            _heap[index] = _heap[parent];
            index = parent;
        }

        _heap[index] = score;
    }

    private readonly void SiftDown(float score)
    {
        int index = 0;
        while (true)
        {
            int child = (2 * index) + 1;
            if (child >= _heap.Length)
                break;
            if (child + 1 < _heap.Length && _heap[child + 1] < _heap[child])
                child++;
            if (_heap[child] >= score)
                break;
            _heap[index] = _heap[child];
            index = child;
        }

        _heap[index] = score;
    }
}
