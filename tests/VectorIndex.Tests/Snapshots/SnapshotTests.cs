namespace ImageSearch.VectorIndex.Tests.Snapshots;

public sealed class SnapshotTests : IDisposable
{
    private const int Dimension = 20;

    // More than the vectors kept in memory: the tests cover the vector file too.
    private const int Rows = 1_500;

    private static readonly IndexOptions WithGraph = new() { FlatRows = 0, RowsPerWidth = 0 };

    private readonly IndexFolder _folder = new();
    private readonly float[][] _vectors = UnitVectors.Many(seed: 1, count: 2 * Rows, Dimension);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_without_a_snapshot_opens_as_an_empty_index()
    {
        using NeighborIndex index = _folder.Open(Dimension);
        index.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_saved_index_is_restored(bool withGraph)
    {
        IndexOptions options = withGraph ? WithGraph : new IndexOptions();
        var oracle = new BruteForce();
        using (NeighborIndex index = _folder.Open(Dimension, options))
        {
            Fill(index, oracle);
            index.Maintain(2);
            index.Save();
        }

        using NeighborIndex reopened = _folder.Open(Dimension, options);
        reopened.NeedsMaintenance.ShouldBeFalse();
        reopened.HasChanges.ShouldBeFalse();
        ShouldAgree(reopened, oracle);
    }

    [Fact]
    public void Rows_put_after_saving_are_not_restored()
    {
        using (NeighborIndex index = _folder.Open(Dimension))
        {
            index.Put(1, 1, _vectors[0]);
            index.Save();
            index.Put(2, 1, _vectors[1]);
            index.HasChanges.ShouldBeTrue();
        }

        using NeighborIndex reopened = _folder.Open(Dimension);
        reopened.ListRows().ShouldBe([(1L, 1)]);
    }

    [Fact]
    public void Rows_not_yet_in_the_graph_are_found_after_reopening()
    {
        var oracle = new BruteForce();
        using (NeighborIndex index = _folder.Open(Dimension, WithGraph))
        {
            Fill(index, oracle);
            index.Maintain(1);
            Put(index, oracle, 5_000, 1, _vectors[Rows]);
            index.Save();
        }

        using NeighborIndex reopened = _folder.Open(Dimension, WithGraph);
        reopened.WaitingRows.ShouldBe(1);
        ShouldAgree(reopened, oracle);
        reopened.Maintain(1);
        ShouldAgree(reopened, oracle);
    }

    [Fact]
    public void The_last_snapshot_survives_a_killed_process_despite_later_changes()
    {
        var saved = new BruteForce();
        using NeighborIndex index = _folder.Open(Dimension, WithGraph);
        Fill(index, saved);
        index.Maintain(2);
        index.Save();
        for (int round = 0; round < 3; round++)
        {
            for (int id = 0; id < Rows; id++)
                index.Put(id, 10 + round, _vectors[Rows + ((id + round) % Rows)]);
            index.Maintain(2);
        }

        using IndexFolder copy = _folder.Copy();
        using NeighborIndex reopened = copy.Open(Dimension, WithGraph);
        ShouldAgree(reopened, saved);
        reopened.DamagedRows.ShouldBe(0);
    }

    [Fact]
    public void Slots_of_the_last_snapshot_are_reused_after_the_next_one()
    {
        using NeighborIndex index = _folder.Open(Dimension);
        for (int round = 0; round < 6; round++)
        {
            for (int id = 0; id < Rows; id++)
                index.Put(id, round, _vectors[id]);
            index.Save();
        }

        // The rows of the current round and those of the last two snapshots.
        new FileInfo(_folder.Vectors).Length.ShouldBeLessThan(3L * Rows * Dimension * sizeof(float));
    }

    [Fact]
    public async Task A_snapshot_saved_during_puts_and_maintenance_is_consistent()
    {
        using NeighborIndex index = _folder.Open(Dimension, WithGraph);
        for (int id = 0; id < Rows; id++)
            index.Put(id, 1, _vectors[id]);
        index.Maintain(2);
        using var stop = new CancellationTokenSource();

        // Each round replaces all rows in order: a consistent snapshot has at most two successive versions, the newer one first.
        Task writer = Task.Run(() =>
        {
            for (int version = 2; !stop.IsCancellationRequested; version++)
            {
                for (int id = 0; id < Rows; id++)
                    index.Put(id, version, _vectors[(id + version) % Rows]);
                index.Maintain(1);
            }
        });
        for (int i = 0; i < 10; i++)
        {
            index.Save();
            using IndexFolder copy = _folder.Copy();
            using NeighborIndex reopened = copy.Open(Dimension, WithGraph);
            int[] versions = [.. reopened.ListRows().OrderBy(row => row.Id).Select(row => row.Version)];
            versions.Length.ShouldBe(Rows);
            versions.ShouldBe(versions.OrderDescending());
            (versions[0] - versions[^1]).ShouldBeInRange(0, 1);
            var oracle = new BruteForce();
            for (int id = 0; id < Rows; id++)
                oracle.Put(id, versions[id], _vectors[versions[id] == 1 ? id : (id + versions[id]) % Rows], null);
            ShouldAgree(reopened, oracle);
        }

        await stop.CancelAsync();
        await writer;
    }

    [Fact]
    public void A_folder_can_be_open_only_once()
    {
        using NeighborIndex index = _folder.Open(Dimension);
        Should.Throw<IOException>(() => NeighborIndex.Open(_folder.Path, Dimension, null, out _));
    }

    [Fact]
    public void Saving_an_index_in_memory_throws()
    {
        using var index = new NeighborIndex(Dimension);
        Should.Throw<InvalidOperationException>(() => index.Save()).Message.ShouldContain("open it from a folder");
    }

    private static void Put(NeighborIndex index, BruteForce oracle, long id, int version, float[] vector, float[]? secondVector = null)
    {
        index.Put(id, version, vector, secondVector);
        oracle.Put(id, version, vector, secondVector);
    }

    private void Fill(NeighborIndex index, BruteForce oracle)
    {
        for (int id = 0; id < Rows; id++)
            Put(index, oracle, id, 1, _vectors[id], id % 5 == 0 ? _vectors[(id + 700) % Rows] : null);
        for (int id = 0; id < Rows; id += 9)
        {
            index.Remove(id, 1);
            oracle.Remove(id, 1);
        }
    }

    // All rows are requested: even a graph must return each of them.
    private void ShouldAgree(NeighborIndex index, BruteForce oracle)
    {
        index.Count.ShouldBe(oracle.Count);
        var hits = new Hit[oracle.Count];
        float[] query = _vectors[^1];
        index.Search(query, default, hits).ShouldBe(oracle.Count);
        var expected = oracle.Search(query, null, oracle.Count).ToDictionary(hit => hit.Id);
        foreach (Hit hit in hits)
        {
            hit.Version.ShouldBe(expected[hit.Id].Version);
            ((double)hit.SquaredDistance).ShouldBe(expected[hit.Id].Distance, 1e-5);
        }

        hits.Select(hit => hit.Id).ShouldBeUnique();
    }
}
