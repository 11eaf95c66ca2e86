using FsCheck;
using FsCheck.Fluent;

namespace ImageSearch.VectorIndex.Tests.Snapshots;

/// <summary>Random sequences of puts, removes, searches, maintenance, saves, reopens and kills, compared with a model.</summary>
public sealed class SnapshotsAgainstBruteForceTests
{
    private const int Dimension = 9;
    private const int PoolSize = 40;
    private static readonly IndexOptions WithGraph = new() { FlatRows = 0, RowsPerWidth = 0 };
    private static readonly float[][] Pool = UnitVectors.Many(seed: 17, PoolSize, Dimension);

    private enum Kind
    {
        Put,
        Remove,
        Search,
        Maintain,
        Save,
        Reopen,
        Kill,
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void After_any_sequence_the_index_has_the_rows_of_the_model(bool withGraph)
    {
        var operations =
            from kind in Gen.Frequency(
                (30, Gen.Constant(Kind.Put)),
                (12, Gen.Constant(Kind.Remove)),
                (8, Gen.Constant(Kind.Search)),
                (5, Gen.Constant(Kind.Maintain)),
                (3, Gen.Constant(Kind.Save)),
                (2, Gen.Constant(Kind.Reopen)),
                (2, Gen.Constant(Kind.Kill)))
            from id in Gen.Choose(1, 25)
            from first in Gen.Choose(0, PoolSize - 1)
            from second in Gen.Choose(-PoolSize, PoolSize - 1)
            select (kind, id, first, second);
        var property = Prop.ForAll(
            Gen.ListOf(operations).ToArbitrary(),
            sequence => Run(sequence, withGraph ? WithGraph : new IndexOptions()));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(150), property);
    }

    private static void Run(IEnumerable<(Kind Kind, int Id, int First, int Second)> sequence, IndexOptions options)
    {
        var folders = new List<IndexFolder> { new() };
        NeighborIndex index = folders[^1].Open(Dimension, options);
        var current = new Dictionary<long, (int Version, float[] Vector, float[]? SecondVector)>();
        var saved = new Dictionary<long, (int Version, float[] Vector, float[]? SecondVector)>(current);
        int version = 0;
        try
        {
            foreach ((Kind kind, int id, int first, int second) in sequence)
            {
                switch (kind)
                {
                    case Kind.Put:
                        float[]? secondVector = second < 0 ? null : Pool[second];
                        index.Put(id, ++version, Pool[first], secondVector);
                        current[id] = (version, Pool[first], secondVector);
                        break;
                    case Kind.Remove:
                        index.Remove(id, version);
                        current.Remove(id);
                        break;
                    case Kind.Maintain:
                        index.Maintain(2);
                        break;
                    case Kind.Save:
                        index.Save();
                        saved = new(current);
                        break;
                    case Kind.Reopen:
                        index.Save();
                        saved = new(current);
                        index.Dispose();
                        index = folders[^1].Open(Dimension, options);
                        break;
                    case Kind.Kill:
                        folders.Add(folders[^1].Copy());
                        index.Dispose();
                        index = folders[^1].Open(Dimension, options);
                        current = new(saved);
                        break;
                }

                ShouldAgree(index, current, Pool[first]);
            }
        }
        finally
        {
            index.Dispose();
            folders.ForEach(folder => folder.Dispose());
        }
    }

    private static void ShouldAgree(
        NeighborIndex index, Dictionary<long, (int Version, float[] Vector, float[]? SecondVector)> rows, float[] query)
    {
        index.ListRows().OrderBy(row => row.Id).ShouldBe(rows.OrderBy(row => row.Key).Select(row => (row.Key, row.Value.Version)));
        var oracle = new BruteForce();
        foreach ((long id, var row) in rows)
            oracle.Put(id, row.Version, row.Vector, row.SecondVector);
        var hits = new Hit[rows.Count];
        int found = index.Search(query, default, hits);
        found.ShouldBe(rows.Count);
        hits.Select(hit => (hit.Id, hit.Version)).ShouldBe(oracle.Search(query, null, rows.Count).Select(hit => (hit.Id, hit.Version)));
    }
}
