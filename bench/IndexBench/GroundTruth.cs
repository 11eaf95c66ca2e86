using System.Numerics.Tensors;

namespace ImageSearch.IndexBench;

/// <summary>The ground truth: the nearest rows to each query, among all rows and among those of each filter.</summary>
internal sealed class GroundTruth
{
    private readonly int _topK;
    private readonly NearestRows[][] _nearest;

    private GroundTruth(int sets, int queries, int topK)
    {
        _topK = topK;
        _nearest = [.. Enumerable.Range(0, sets).Select(_ => Enumerable.Range(0, queries).Select(_ => new NearestRows(topK)).ToArray())];
    }

    /// <summary>Computes float32 inner products with every vector, which is read once for all queries and sets.</summary>
    /// <param name="vectors">The base vectors.</param>
    /// <param name="queries">The queries.</param>
    /// <param name="sets">The sets of rows; null for all rows.</param>
    /// <param name="topK">Number of rows per query.</param>
    /// <param name="threads">Number of threads to use.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static GroundTruth Compute(
        VectorFile vectors, float[][] queries, RowSample?[] sets, int topK, int threads, CancellationToken cancellationToken)
    {
        var answers = new GroundTruth(sets.Length, queries.Length, topK);
        for (int first = 0; first < vectors.Rows; first += vectors.RowsPerChunk)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlyMemory<float> chunk = vectors.ReadMemory(first);
            Parallel.For(0, threads, thread =>
            {
                int from = (int)((long)queries.Length * thread / threads);
                int end = (int)((long)queries.Length * (thread + 1) / threads);
                answers.Offer(chunk.Span, first, queries, from, end, sets);
            });
        }

        return answers;
    }

    /// <summary>Reads files that <see cref="Write"/> or another program wrote.</summary>
    public static GroundTruth Read(Func<RowSample?, FileInfo> fileOf, RowSample?[] sets, int queries, int rows, int topK)
    {
        var answers = new GroundTruth(sets.Length, queries, topK);
        for (int set = 0; set < sets.Length; set++)
            TruthFile.Read(fileOf(sets[set]), answers._nearest[set], rows, topK);
        return answers;
    }

    public void Write(Func<RowSample?, FileInfo> fileOf, RowSample?[] sets)
    {
        for (int set = 0; set < sets.Length; set++)
            TruthFile.Write(fileOf(sets[set]), _nearest[set], _topK);
    }

    /// <summary>The nearest rows to a query among those of a set.</summary>
    public ReadOnlySpan<int> Of(int set, int query) => _nearest[set][query].Rows;

    private void Offer(ReadOnlySpan<float> chunk, int first, float[][] queries, int from, int end, RowSample?[] sets)
    {
        int dimension = queries[0].Length;
        // A tile of rows stays in the L2 cache while it is compared with all queries.
        int tile = Math.Max(1, (128 << 10) / (dimension * sizeof(float)));
        int rows = chunk.Length / dimension;
        for (int start = 0; start < rows; start += tile)
        {
            int stop = Math.Min(rows, start + tile);
            for (int query = from; query < end; query++)
            {
                for (int row = start; row < stop; row++)
                {
                    float score = TensorPrimitives.Dot(queries[query], chunk.Slice(row * dimension, dimension));
                    for (int set = 0; set < sets.Length; set++)
                    {
                        if (sets[set] is not { } sample || sample.Contains(first + row))
                            _nearest[set][query].Offer(first + row, score);
                    }
                }
            }
        }
    }
}
