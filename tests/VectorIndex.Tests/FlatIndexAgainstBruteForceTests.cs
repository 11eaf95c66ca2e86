using FsCheck;
using FsCheck.Fluent;

namespace ImageSearch.VectorIndex.Tests;

/// <summary>
/// Random sequences of puts, removes and searches. Vectors come from a small pool, so that equal ones, and with them ties, are common
/// and unequal ones are far apart: the order of hits is then fully determined. One view comes from the pool too, two views do not, or
/// rows would be at distance 0 of different views and the rounding of inner products would choose among them.
/// </summary>
public sealed class FlatIndexAgainstBruteForceTests
{
    private const int PoolSize = 12;

    public static TheoryData<int> Dimensions => [1, 3, 7, 8, 15, 16, 17, 31, 33, 100, 512, 1280];

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Any_sequence_of_puts_and_removes_is_searched_as_brute_force_does(int dimension) => CheckSequences(dimension, long.MaxValue);

    [Fact]
    public void Several_threads_find_what_brute_force_finds() => CheckSequences(dimension: 5, bytesPerThread: 1);

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(20_000)]
    public void A_table_of_several_blocks_is_searched_as_brute_force_does(long bytesPerThread)
    {
        const int Dimension = 24;
        float[][] vectors = UnitVectors.Many(seed: 3, count: 5_002, Dimension);
        using var index = new FlatIndex(Dimension, bytesPerThread);
        var oracle = new BruteForce();
        for (int id = 0; id < 5_000; id++)
        {
            float[]? mainObject = id % 3 == 0 ? vectors[(id + 1_234) % 5_000] : null;
            index.Put(id, 1, vectors[id], mainObject);
            oracle.Put(id, 1, vectors[id], mainObject);
        }

        ShouldAgree(index, oracle, vectors[5_000], vectors[5_001], topK: 300);
    }

    private static void CheckSequences(int dimension, long bytesPerThread)
    {
        float[][] pool = UnitVectors.Many(seed: dimension, PoolSize, dimension);
        float[][] views = UnitVectors.Many(seed: 10_000 + dimension, PoolSize, dimension);
        var operations =
            from kind in Gen.Frequency((6, Gen.Constant(Kind.Put)), (2, Gen.Constant(Kind.Remove)), (2, Gen.Constant(Kind.Search)))
            from id in Gen.Choose(1, 20)
            from version in Gen.Choose(1, 4)
            from first in Gen.Choose(0, PoolSize - 1)
            from second in Gen.Choose(-PoolSize, PoolSize - 1)
            let vectors = kind == Kind.Search && second >= 0 ? views : pool
            select new Operation(kind, id, version, vectors[first], second < 0 ? null : vectors[second]);

        var property = Prop.ForAll(Gen.ListOf(operations).ToArbitrary(), sequence =>
        {
            using var index = new FlatIndex(dimension, bytesPerThread);
            var oracle = new BruteForce();
            foreach (Operation operation in sequence.Append(new Operation(Kind.Search, 0, 0, views[0], views[1])))
                Apply(operation, index, oracle);
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150).WithEndSize(120), property);
    }

    private static void Apply(Operation operation, FlatIndex index, BruteForce oracle)
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
            default:
                ShouldAgree(index, oracle, operation.First, operation.Second, topK: (int)operation.Id + 4);
                break;
        }
    }

    private static void ShouldAgree(FlatIndex index, BruteForce oracle, float[] view, float[]? secondView, int topK)
    {
        index.Count.ShouldBe(oracle.Count);
        var hits = new Hit[topK];
        int found = index.Search(view, secondView, hits);
        var expected = oracle.Search(view, secondView, topK);

        hits[..found].Select(hit => (hit.Id, hit.Version)).ShouldBe(expected.Select(hit => (hit.Id, hit.Version)));
        for (int i = 0; i < found; i++)
            ((double)hits[i].SquaredDistance).ShouldBe(expected[i].Distance, 2e-6);
    }

    private enum Kind
    {
        Put,
        Remove,
        Search,
    }

    private sealed record Operation(Kind Kind, long Id, int Version, float[] First, float[]? Second);
}
