namespace ImageSearch.VectorIndex.Tests;

/// <summary>Recall of graphs that are too large to visit every node, after all kinds of changes, with and without filters.</summary>
public sealed class GraphRecallTests
{
    private const int Dimension = 48;
    private const int Rows = 6_000;
    private const int Queries = 100;

    private readonly float[][] _vectors = ClusteredVectors.Many(seed: 11, count: (2 * Rows) + Queries, Dimension);

    private ReadOnlySpan<float[]> QueryVectors => _vectors.AsSpan(2 * Rows);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_graph_has_high_recall(int threads)
    {
        var (index, oracle) = Filled();
        using var disposing = index;
        index.Maintain(threads);
        RecallOf(index, oracle, filter: null).ShouldBeGreaterThanOrEqualTo(0.98);
    }

    [Fact]
    public void Recall_stays_high_after_random_changes_and_maintenance()
    {
        var (index, oracle) = Filled();
        using var disposing = index;
        index.Maintain(threads: 2);
        var random = new Random(12);
        for (int change = 0; change < 3 * Rows; change++)
        {
            long id = random.Next(Rows + (Rows / 4));
            int version = change + 2;
            if (random.Next(2) == 0)
            {
                index.Remove(id, version);
                oracle.Remove(id, version);
            }
            else
            {
                float[] vector = _vectors[random.Next(2 * Rows)];
                float[]? secondVector = random.Next(5) == 0 ? _vectors[random.Next(2 * Rows)] : null;
                index.Put(id, version, vector, secondVector);
                oracle.Put(id, version, vector, secondVector);
            }

            if (random.Next(1_500) == 0)
                index.Maintain(threads: random.Next(1, 3));
        }

        RecallOf(index, oracle, filter: null).ShouldBeGreaterThanOrEqualTo(0.98, "with changes waiting");
        index.Maintain(threads: 2);
        index.NeedsMaintenance.ShouldBeFalse();
        RecallOf(index, oracle, filter: null).ShouldBeGreaterThanOrEqualTo(0.98, "with all changes in the graph");
    }

    [Theory]
    [InlineData(0.0005)]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.95)]
    public void A_filtered_search_returns_the_nearest_allowed_rows_and_as_many_as_there_are(double share)
    {
        var (index, oracle) = Filled();
        using var disposing = index;
        index.Maintain(threads: 2);
        var random = new Random(13);
        var filter = new RowFilter([.. Enumerable.Range(0, Rows).Where(_ => random.NextDouble() < share).Select(id => (long)id)]);
        RecallOf(index, oracle, filter).ShouldBeGreaterThanOrEqualTo(0.98);
    }

    [Fact]
    public void A_filter_of_rows_far_from_the_query_still_returns_as_many_as_there_are()
    {
        var (index, oracle) = Filled();
        using var disposing = index;
        index.Maintain(threads: 2);
        var furthest = oracle.Search(QueryVectors[0], null, Rows).TakeLast(Rows / 5).Select(row => row.Id);
        var recall = new Recall();
        recall.Count(index, oracle, QueryVectors[0], null, topK: 50, new SearchOptions(new RowFilter([.. furthest]), Width: 64));
        recall.Share.ShouldBeGreaterThanOrEqualTo(0.9);
    }

    [Fact]
    public void Filtered_recall_stays_high_after_half_of_the_rows_were_replaced()
    {
        var (index, oracle) = Filled();
        using var disposing = index;
        index.Maintain(threads: 2);
        for (int id = 0; id < Rows; id += 2)
        {
            index.Remove(id, 1);
            oracle.Remove(id, 1);
            index.Put(Rows + id, 1, _vectors[Rows + id]);
            oracle.Put(Rows + id, 1, _vectors[Rows + id], null);
        }

        var filter = new RowFilter([.. Enumerable.Range(0, 2 * Rows).Where(id => id % 5 == 0).Select(id => (long)id)]);
        RecallOf(index, oracle, filter).ShouldBeGreaterThanOrEqualTo(0.98, "before maintenance");
        index.Maintain(threads: 2);
        RecallOf(index, oracle, filter).ShouldBeGreaterThanOrEqualTo(0.98, "after maintenance");
    }

    [Fact]
    public void Many_rows_with_the_same_vector_are_all_found()
    {
        const int DistinctVectors = 40;
        const int Copies = 100;
        using var index = new NeighborIndex(Dimension, TestOptions.Graph);
        var oracle = new BruteForce();
        for (int id = 0; id < DistinctVectors * Copies; id++)
        {
            index.Put(id, 1, _vectors[id % DistinctVectors]);
            oracle.Put(id, 1, _vectors[id % DistinctVectors], null);
        }

        index.Maintain(threads: 1);
        var recall = new Recall();
        foreach (float[] query in _vectors.AsSpan(0, DistinctVectors))
            recall.Count(index, oracle, query, null, topK: 60, default);
        recall.Share.ShouldBeGreaterThanOrEqualTo(0.98);
    }

    [Fact]
    public void A_beam_width_below_top_k_still_returns_top_k_hits()
    {
        var (index, oracle) = Filled();
        using var disposing = index;
        index.Maintain(threads: 2);
        var recall = new Recall();
        recall.Count(index, oracle, QueryVectors[0], QueryVectors[1], topK: 1_000, new SearchOptions(Width: 1));
        recall.Share.ShouldBeGreaterThanOrEqualTo(0.9);
    }

    private static double RecallOf(NeighborIndex index, BruteForce oracle, RowFilter? filter, ReadOnlySpan<float[]> queries)
    {
        var recall = new Recall();
        for (int i = 0; i + 1 < queries.Length; i += 2)
        {
            recall.Count(index, oracle, queries[i], null, topK: 10, new SearchOptions(filter));
            recall.Count(index, oracle, queries[i], queries[i + 1], topK: 10, new SearchOptions(filter));
        }

        return recall.Share;
    }

    private double RecallOf(NeighborIndex index, BruteForce oracle, RowFilter? filter) => RecallOf(index, oracle, filter, QueryVectors);

    private (NeighborIndex Index, BruteForce Oracle) Filled()
    {
        var index = new NeighborIndex(Dimension, TestOptions.Graph);
        var oracle = new BruteForce();
        for (int id = 0; id < Rows; id++)
        {
            float[]? secondVector = id % 7 == 0 ? _vectors[Rows + id] : null;
            index.Put(id, 1, _vectors[id], secondVector);
            oracle.Put(id, 1, _vectors[id], secondVector);
        }

        return (index, oracle);
    }
}
