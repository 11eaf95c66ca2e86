using System.Numerics.Tensors;

namespace ImageSearch.IndexBench;

/// <summary>The rows truly nearest to each query, for each set of rows that searches may give: all of them and those of each filter.</summary>
internal sealed class ExactAnswers
{
    private readonly int _topK;
    private readonly NearestRows[][] _nearest;

    private ExactAnswers(int sets, int queries, int topK)
    {
        _topK = topK;
        _nearest = [.. Enumerable.Range(0, sets).Select(_ => Enumerable.Range(0, queries).Select(_ => new NearestRows(topK)).ToArray())];
    }

    /// <summary>By float32 inner products with every vector, read once for all queries and sets.</summary>
    /// <param name="vectors">The base.</param>
    /// <param name="queries">The queries.</param>
    /// <param name="sets">Which rows belong to a set; null for all.</param>
    /// <param name="topK">Rows wanted.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static ExactAnswers Compute(
        VectorFile vectors, float[][] queries, RowSample?[] sets, int topK, int threads, CancellationToken cancellationToken)
    {
        var answers = new ExactAnswers(sets.Length, queries.Length, topK);
        for (int first = 0; first < vectors.Rows; first += vectors.RowsPerPiece)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlyMemory<float> piece = vectors.ReadMemory(first);
            Parallel.For(0, threads, thread =>
            {
                int from = (int)((long)queries.Length * thread / threads);
                int end = (int)((long)queries.Length * (thread + 1) / threads);
                answers.Offer(piece.Span, first, queries, from, end, sets);
            });
        }

        return answers;
    }

    /// <summary>Answers that <see cref="Write"/> wrote, or another program in the same form.</summary>
    public static ExactAnswers Read(Func<RowSample?, FileInfo> fileOf, RowSample?[] sets, int queries, int rows, int topK)
    {
        var answers = new ExactAnswers(sets.Length, queries, topK);
        for (int set = 0; set < sets.Length; set++)
            TruthFile.Read(fileOf(sets[set]), answers._nearest[set], rows, topK);
        return answers;
    }

    public void Write(Func<RowSample?, FileInfo> fileOf, RowSample?[] sets)
    {
        for (int set = 0; set < sets.Length; set++)
            TruthFile.Write(fileOf(sets[set]), _nearest[set], _topK);
    }

    /// <summary>The rows nearest to a query among those of a set, in no order.</summary>
    public ReadOnlySpan<int> Of(int set, int query) => _nearest[set][query].Rows;

    private void Offer(ReadOnlySpan<float> piece, int first, float[][] queries, int from, int end, RowSample?[] sets)
    {
        int dimension = queries[0].Length;
        // So many rows stay in the processor's second cache while all queries pass.
        int tile = Math.Max(1, (128 << 10) / (dimension * sizeof(float)));
        int rows = piece.Length / dimension;
        for (int start = 0; start < rows; start += tile)
        {
            int stop = Math.Min(rows, start + tile);
            for (int query = from; query < end; query++)
            {
                for (int row = start; row < stop; row++)
                {
                    float score = TensorPrimitives.Dot(queries[query], piece.Slice(row * dimension, dimension));
                    for (int set = 0; set < sets.Length; set++)
                    {
                        if (sets[set] is not { } sample || sample.Has(first + row))
                            _nearest[set][query].Offer(first + row, score);
                    }
                }
            }
        }
    }
}
