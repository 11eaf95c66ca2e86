namespace ImageSearch.IndexBench;

/// <summary>The rows of the greatest scores so far, best first.</summary>
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
        int place = _count < _rows.Length ? _count++ : _count - 1;
        for (; place > 0 && _scores[place - 1] < score; place--)
        {
            _scores[place] = _scores[place - 1];
            _rows[place] = _rows[place - 1];
        }

        _scores[place] = score;
        _rows[place] = row;
    }
}
