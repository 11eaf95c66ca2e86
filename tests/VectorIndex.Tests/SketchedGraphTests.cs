using ImageSearch.VectorIndex.Tests.Snapshots;

namespace ImageSearch.VectorIndex.Tests;

/// <summary>Graphs of vectors that are long enough to have sketches.</summary>
public sealed class SketchedGraphTests : IDisposable
{
    private const int Dimension = 300;
    private const int Rows = 4_000;
    private const int Queries = 60;

    private readonly IndexFolder _folder = new();
    private readonly float[][] _vectors = ClusteredVectors.Many(seed: 41, count: Rows + Queries, Dimension);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Recall_is_high_before_and_after_removals_and_after_reopening()
    {
        var oracle = new BruteForce();
        using (NeighborIndex index = _folder.Open(Dimension, TestOptions.Graph))
        {
            for (int id = 0; id < Rows; id++)
            {
                float[]? secondVector = id % 9 == 0 ? _vectors[(id + 1) % Rows] : null;
                index.Put(id, 1, _vectors[id], secondVector);
                oracle.Put(id, 1, _vectors[id], secondVector);
            }

            index.Maintain(threads: 2);
            RecallOf(index, oracle).ShouldBeGreaterThanOrEqualTo(0.98);
            for (int id = 0; id < Rows; id += 3)
            {
                index.Remove(id, 1);
                oracle.Remove(id, 1);
            }

            index.Maintain(threads: 2);
            RecallOf(index, oracle).ShouldBeGreaterThanOrEqualTo(0.98, "after removals");
            index.Save();
        }

        using NeighborIndex reopened = _folder.Open(Dimension, TestOptions.Graph);
        RecallOf(reopened, oracle).ShouldBeGreaterThanOrEqualTo(0.98, "after reopening");
        for (int i = 0; i < Queries; i++)
        {
            reopened.Put(Rows + i, 1, _vectors[Rows + i]);
            oracle.Put(Rows + i, 1, _vectors[Rows + i], null);
        }

        reopened.Maintain(threads: 1);
        RecallOf(reopened, oracle).ShouldBeGreaterThanOrEqualTo(0.98, "with rows in reused slots");
    }

    [Fact]
    public void Many_rows_with_the_same_vector_are_all_found()
    {
        using var index = new NeighborIndex(Dimension, TestOptions.Graph);
        var oracle = new BruteForce();
        for (int id = 0; id < 2_000; id++)
        {
            index.Put(id, 1, _vectors[id % 40]);
            oracle.Put(id, 1, _vectors[id % 40], null);
        }

        index.Maintain(threads: 1);
        var recall = new Recall();
        foreach (float[] query in _vectors.AsSpan(0, 40))
            recall.Count(index, oracle, query, null, topK: 40, default);
        recall.Share.ShouldBeGreaterThanOrEqualTo(0.98);
    }

    private double RecallOf(NeighborIndex index, BruteForce oracle)
    {
        var recall = new Recall();
        for (int i = 0; i + 1 < Queries; i += 2)
        {
            recall.Count(index, oracle, _vectors[Rows + i], null, topK: 10, default);
            recall.Count(index, oracle, _vectors[Rows + i], _vectors[Rows + i + 1], topK: 10, default);
        }

        return recall.Share;
    }
}
