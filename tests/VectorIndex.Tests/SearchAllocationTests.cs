namespace ImageSearch.VectorIndex.Tests;

/// <summary>After warm-up a search reuses pooled memory. Not parallel, because searches of other tests use the same pool.</summary>
[CollectionDefinition(nameof(SearchAllocationTests), DisableParallelization = true)]
[Collection(nameof(SearchAllocationTests))]
public sealed class SearchAllocationTests
{
    private const int Dimension = 64;
    private const int Rows = 2_500;
    private readonly float[][] _vectors = ClusteredVectors.Many(seed: 4, Rows, Dimension);

    [Theory]
    [InlineData(false, 1, false)]
    [InlineData(false, 2, false)]
    [InlineData(false, 1, true)]
    [InlineData(true, 1, false)]
    [InlineData(true, 2, false)]
    [InlineData(true, 1, true)]
    [InlineData(true, 2, true)]
    public void A_search_allocates_nothing(bool graph, int queries, bool filtered)
    {
        using var index = new NeighborIndex(Dimension, graph ? TestOptions.Graph : TestOptions.Flat);
        for (int id = 0; id < Rows; id++)
            index.Put(id, 1, _vectors[id]);
        index.Maintain(threads: 1);
        // Rows that are not in the graph yet.
        for (int id = 0; id < 20; id++)
            index.Put(id, 2, _vectors[id]);
        var options = new SearchOptions(filtered ? new RowFilter([.. Enumerable.Range(0, Rows / 3).Select(id => (long)id)]) : null);
        var hits = new Hit[50];
        SearchAll(index, queries, hits, options);

        long before = GC.GetAllocatedBytesForCurrentThread();
        SearchAll(index, queries, hits, options);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private void SearchAll(NeighborIndex index, int queries, Hit[] hits, SearchOptions options)
    {
        for (int i = 0; i < 200; i++)
            index.Search(_vectors[i], queries == 2 ? _vectors[i + 1] : default(ReadOnlySpan<float>), hits, options);
    }
}
