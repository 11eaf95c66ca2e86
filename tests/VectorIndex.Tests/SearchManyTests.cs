namespace ImageSearch.VectorIndex.Tests;

[Collection(nameof(SearchAllocationTests))]
public sealed class SearchManyTests
{
    private const int Dimension = 64;
    private const int Rows = 1_500;
    private readonly float[][] _vectors = ClusteredVectors.Many(seed: 21, count: 2 * Rows, Dimension);

    [Theory]
    [InlineData(false, 1, false)]
    [InlineData(false, 8, false)]
    [InlineData(false, 19, false)]
    [InlineData(false, 19, true)]
    [InlineData(true, 19, false)]
    [InlineData(true, 19, true)]
    public void Many_queries_have_the_hits_of_single_searches(bool graph, int count, bool filtered)
    {
        using NeighborIndex index = Filled(graph);
        var options = new SearchOptions(filtered ? new RowFilter([.. Enumerable.Range(0, Rows / 2).Select(id => (long)id)]) : null);
        const int TopK = 12;
        var many = new Hit[count * TopK];
        var counts = new int[count];
        float[] queries = Queries(count);
        index.SearchMany(queries, TopK, many, counts, options);

        for (int i = 0; i < count; i++)
        {
            var hits = new Hit[TopK];
            int found = index.Search(queries.AsSpan(i * Dimension, Dimension), default, hits, options);
            many[(i * TopK)..((i * TopK) + counts[i])].ShouldBe(hits[..found]);
        }
    }

    [Fact]
    public void A_query_finds_all_rows_if_there_are_fewer_than_requested()
    {
        using var index = new NeighborIndex(Dimension);
        index.Put(1, 1, _vectors[0]);
        index.Put(2, 1, _vectors[1], _vectors[2]);
        var hits = new Hit[3 * 5];
        var counts = new int[3];
        index.SearchMany(Queries(3), 5, hits, counts);
        counts.ShouldBe([2, 2, 2]);
    }

    [Fact]
    public void Lengths_that_do_not_match_are_rejected()
    {
        using var index = new NeighborIndex(Dimension);
        Should.Throw<ArgumentException>(() => index.SearchMany(Queries(2), 5, new Hit[10], new int[3]));
        Should.Throw<ArgumentException>(() => index.SearchMany(Queries(2), 5, new Hit[9], new int[2]));
        Should.Throw<ArgumentException>(() => index.SearchMany(new float[Dimension], 5, new Hit[5], new int[1]));
    }

    [Fact]
    public void Many_queries_allocate_nothing()
    {
        using NeighborIndex index = Filled(graph: false);
        float[] queries = Queries(16);
        var hits = new Hit[16 * 10];
        var counts = new int[16];
        for (int i = 0; i < 20; i++)
            index.SearchMany(queries, 10, hits, counts);

        long before = GC.GetAllocatedBytesForCurrentThread();
        index.SearchMany(queries, 10, hits, counts);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private float[] Queries(int count) => [.. _vectors.Skip(Rows).Take(count).SelectMany(vector => vector)];

    private NeighborIndex Filled(bool graph)
    {
        var index = new NeighborIndex(Dimension, graph ? TestOptions.Graph : TestOptions.Flat);
        for (int id = 0; id < Rows; id++)
            index.Put(id, 1, _vectors[id], id % 5 == 0 ? _vectors[Rows + id] : null);
        index.Remove(3, 1);
        index.Maintain(threads: 1);
        return index;
    }
}
