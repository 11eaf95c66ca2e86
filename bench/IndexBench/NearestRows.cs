namespace ImageSearch.IndexBench;

/// <summary>The top-k rows by score so far, best first.</summary>
internal sealed class NearestRows(int topK)
{
    private readonly int[] _rows = new int[topK];
    private readonly float[] _scores = new float[topK];
    private int _count;

    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, _count);

    public void Offer(int row, float score)
    {
        if (_count == _rows.Length && score <= _scores[^1])
            return;
        int index = _count < _rows.Length ? _count++ : _count - 1;
        for (; index > 0 && _scores[index - 1] < score; index--)
        {
            _scores[index] = _scores[index - 1];
            _rows[index] = _rows[index - 1];
        }

        _scores[index] = score;
        _rows[index] = row;
    }
}
