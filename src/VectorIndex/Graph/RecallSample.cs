namespace ImageSearch.VectorIndex.Graph;

/// <summary>
/// Recall of sampled queries at a ladder of beam widths. A query that finds everything at one width is not searched at greater ones.
/// </summary>
internal sealed class RecallSample
{
    /// <summary>Number of queries. With 128 the standard error of a recall of 0.99 is about 0.004.</summary>
    public const int Queries = 128;

    /// <summary>Number of hits that are compared.</summary>
    public const int TopK = 10;

    // Below these the recall of a sample is chance.
    private const int MinQueries = 32;

    // Rows that are nearly the same, such as copies of a placeholder, are not found in full at any width. If no width reaches the target,
    // searches only become slower beyond the one at which almost as much is found as at the greatest.
    private const double NegligibleRecall = 0.005;

    private readonly int[] _found = new int[Widths.Length];
    private readonly Lock _adding = new();
    private int _expected;
    private int _queries;

    /// <summary>Each is a quarter greater than the one before.</summary>
    public static int[] Widths { get; } = [.. Enumerable.Range(0, 20).Select(step => (int)(32 * Math.Pow(1.25, step)))];

    /// <summary>Number of queries taken.</summary>
    public int Taken { get; set; }

    /// <summary>Adds the result of a query.</summary>
    /// <param name="expected">Number of nearest rows.</param>
    /// <param name="found">How many of them were found at each width.</param>
    public void Add(int expected, ReadOnlySpan<int> found)
    {
        lock (_adding)
        {
            _expected += expected;
            _queries++;
            for (int i = 0; i < found.Length; i++)
                _found[i] += found[i];
        }
    }

    /// <summary>The smallest width that reaches a recall, or if none does, almost that of the greatest width; and its recall.</summary>
    /// <returns>Null if there were too few queries.</returns>
    public (int Width, double Recall)? SmallestWidth(double recall)
    {
        if (_queries < MinQueries || _expected == 0)
            return null;
        double enough = recall * _expected;
        if (_found[^1] < enough)
            enough = _found[^1] - (NegligibleRecall * _expected);
        int step = 0;
        while (step < Widths.Length - 1 && _found[step] < enough)
            step++;
        return (Widths[step], (double)_found[step] / _expected);
    }
}
