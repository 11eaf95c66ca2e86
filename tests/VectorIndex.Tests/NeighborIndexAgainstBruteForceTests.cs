using FsCheck;
using FsCheck.Fluent;

namespace ImageSearch.VectorIndex.Tests;

/// <summary>
/// Random sequences of puts, removes, maintenance and searches with and without a filter. Vectors come from a small pool: equal vectors,
/// and so ties, are common, and different vectors are far apart, so the order of hits is fully determined. A single query comes from the
/// pool too. Two queries do not: rows could have distance 0 to different queries, and rounding of inner products would decide between
/// them.
/// </summary>
public sealed class NeighborIndexAgainstBruteForceTests
{
    private const int PoolSize = 12;

    public static TheoryData<int> Dimensions => [1, 3, 7, 8, 15, 16, 17, 31, 33, 100, 512, 1280];

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Any_sequence_of_changes_gives_the_results_of_brute_force(int dimension) => CheckSequences(dimension, TestOptions.Flat);

    [Fact]
    public void Several_threads_give_the_results_of_brute_force() => CheckSequences(dimension: 5, TestOptions.Flat with { BytesPerThread = 1 });

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void A_graph_returns_all_rows_exactly_and_has_high_recall_when_fewer_are_requested(int dimension) =>
        CheckSequences(dimension, TestOptions.Graph);

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(20_000)]
    public void An_index_of_several_blocks_gives_the_results_of_brute_force(long bytesPerThread)
    {
        const int Dimension = 24;
        float[][] vectors = UnitVectors.Many(seed: 3, count: 5_002, Dimension);
        using var index = new NeighborIndex(Dimension, TestOptions.Flat with { BytesPerThread = bytesPerThread });
        var oracle = new BruteForce();
        for (int id = 0; id < 5_000; id++)
        {
            float[]? secondVector = id % 3 == 0 ? vectors[(id + 1_234) % 5_000] : null;
            index.Put(id, 1, vectors[id], secondVector);
            oracle.Put(id, 1, vectors[id], secondVector);
        }

        ShouldAgree(index, oracle, vectors[5_000], vectors[5_001], topK: 300);
    }

    private static void CheckSequences(int dimension, IndexOptions options)
    {
        float[][] pool = UnitVectors.Many(seed: dimension, PoolSize, dimension);
        float[][] queries = UnitVectors.Many(seed: 10_000 + dimension, PoolSize, dimension);
        var operations =
            from kind in Gen.Frequency(
                (12, Gen.Constant(Kind.Put)), (4, Gen.Constant(Kind.Remove)), (4, Gen.Constant(Kind.Search)), (1, Gen.Constant(Kind.Maintain)))
            from id in Gen.Choose(1, 20)
            from version in Gen.Choose(1, 4)
            from first in Gen.Choose(0, PoolSize - 1)
            from second in Gen.Choose(-PoolSize, PoolSize - 1)
            from allowed in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(1, (1 << 20) - 1)))
            let vectors = kind == Kind.Search && second >= 0 ? queries : pool
            select new Operation(kind, id, version, vectors[first], second < 0 ? null : vectors[second], allowed);

        var recall = new Recall();
        bool isGraph = options.FlatRows == 0;
        var property = Prop.ForAll(Gen.ListOf(operations).ToArbitrary(), sequence =>
        {
            using var index = new NeighborIndex(dimension, options);
            var oracle = new BruteForce();
            foreach (Operation operation in sequence.Append(new Operation(Kind.Search, 20, 0, queries[0], queries[1], Allowed: 0)))
                Apply(operation, index, oracle, isGraph ? recall : null);
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150).WithEndSize(120), property);
        if (isGraph)
            recall.Share.ShouldBeGreaterThanOrEqualTo(0.99);
    }

    private static void Apply(Operation operation, NeighborIndex index, BruteForce oracle, Recall? recall)
    {
        switch (operation.Kind)
        {
            case Kind.Put:
                index.Put(operation.Id, operation.Version, operation.First, operation.Second);
                oracle.Put(operation.Id, operation.Version, operation.First, operation.Second);
                break;
            case Kind.Remove:
                index.Remove(operation.Id, operation.Version);
                oracle.Remove(operation.Id, operation.Version);
                break;
            case Kind.Maintain:
                index.Maintain(threads: 1);
                index.NeedsMaintenance.ShouldBeFalse();
                break;
            default:
                Search(operation, index, oracle, recall);
                break;
        }
    }

    private static void Search(Operation operation, NeighborIndex index, BruteForce oracle, Recall? recall)
    {
        RowFilter? filter = operation.Filter();
        int topK = (int)operation.Id + 4;
        if (recall is null || topK >= oracle.Count)
            ShouldAgree(index, oracle, operation.First, operation.Second, topK, filter);
        else
            recall.Count(index, oracle, operation.First, operation.Second, topK, new SearchOptions(filter));
    }

    private static void ShouldAgree(
        NeighborIndex index, BruteForce oracle, float[] query, float[]? secondQuery, int topK, RowFilter? filter = null)
    {
        index.Count.ShouldBe(oracle.Count);
        var hits = new Hit[topK];
        int found = index.Search(query, secondQuery, hits, new SearchOptions(filter));
        var expected = oracle.Search(query, secondQuery, topK, filter);

        hits[..found].Select(hit => (hit.Id, hit.Version)).ShouldBe(expected.Select(hit => (hit.Id, hit.Version)));
        for (int i = 0; i < found; i++)
            ((double)hits[i].SquaredDistance).ShouldBe(expected[i].Distance, 2e-6);
    }

    private enum Kind
    {
        Put,
        Remove,
        Search,
        Maintain,
    }

    /// <param name="Kind">The operation.</param>
    /// <param name="Id">The row; for a search, top-k minus four.</param>
    /// <param name="Version">The row's version.</param>
    /// <param name="First">The first vector or query.</param>
    /// <param name="Second">The second vector or query, or null.</param>
    /// <param name="Allowed">A bit for each id that the filter allows; 0 for no filter.</param>
    private sealed record Operation(Kind Kind, long Id, int Version, float[] First, float[]? Second, int Allowed)
    {
        public RowFilter? Filter() => Allowed == 0
            ? null
            : new RowFilter([.. Enumerable.Range(0, 20).Where(bit => (Allowed >> bit & 1) != 0).Select(bit => bit + 1L)]);
    }
}
