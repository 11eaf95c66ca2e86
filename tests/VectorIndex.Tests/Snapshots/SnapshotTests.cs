namespace ImageSearch.VectorIndex.Tests.Snapshots;

public sealed class SnapshotTests : IDisposable
{
    private const int Dimension = 20;

    // More than are kept in memory, so that the vector file is part of it.
    private const int Rows = 1_500;

    private static readonly IndexOptions WithGraph = new() { FlatRows = 0, RowsPerWidth = 0 };

    private readonly IndexFolder _folder = new();
    private readonly float[][] _vectors = UnitVectors.Many(seed: 1, count: 2 * Rows, Dimension);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_without_a_snapshot_gives_an_empty_index()
    {
        using NeighborIndex index = _folder.Open(Dimension);
        index.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_saved_is_there_again(bool withGraph)
    {
        IndexOptions options = withGraph ? WithGraph : new IndexOptions();
        var oracle = new BruteForce();
        using (NeighborIndex index = _folder.Open(Dimension, options))
        {
            Fill(index, oracle);
            index.Maintain(2);
            index.Save();
        }

        using NeighborIndex again = _folder.Open(Dimension, options);
        again.NeedsMaintenance.ShouldBeFalse();
        again.HasChanges.ShouldBeFalse();
        ShouldAgree(again, oracle);
    }

    [Fact]
    public void What_was_put_after_saving_is_not_there_again()
    {
        using (NeighborIndex index = _folder.Open(Dimension))
        {
            index.Put(1, 1, _vectors[0]);
            index.Save();
            index.Put(2, 1, _vectors[1]);
            index.HasChanges.ShouldBeTrue();
        }

        using NeighborIndex again = _folder.Open(Dimension);
        again.ListRows().ShouldBe([(1L, 1)]);
    }

    [Fact]
    public void Rows_that_no_link_leads_to_yet_are_found_after_reopening()
    {
        var oracle = new BruteForce();
        using (NeighborIndex index = _folder.Open(Dimension, WithGraph))
        {
            Fill(index, oracle);
            index.Maintain(1);
            Put(index, oracle, 5_000, 1, _vectors[Rows]);
            index.Save();
        }

        using NeighborIndex again = _folder.Open(Dimension, WithGraph);
        again.WaitingRows.ShouldBe(1);
        ShouldAgree(again, oracle);
        again.Maintain(1);
        ShouldAgree(again, oracle);
    }

    [Fact]
    public void A_killed_process_leaves_what_was_saved_whatever_it_did_since()
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

        using IndexFolder left = _folder.Copy();
        using NeighborIndex again = left.Open(Dimension, WithGraph);
        ShouldAgree(again, saved);
        again.DamagedRows.ShouldBe(0);
    }

    [Fact]
    public void Places_that_the_last_snapshot_needs_are_used_again_after_the_next_one()
    {
        using NeighborIndex index = _folder.Open(Dimension);
        for (int round = 0; round < 6; round++)
        {
            for (int id = 0; id < Rows; id++)
                index.Put(id, round, _vectors[id]);
            index.Save();
        }

        // A round's rows, those that the last snapshot shows, and those that the one before showed.
        new FileInfo(_folder.Vectors).Length.ShouldBeLessThan(3L * Rows * Dimension * sizeof(float));
    }

    [Fact]
    public async Task Saving_goes_on_beside_puts_removes_and_searches_and_shows_one_moment()
    {
        using NeighborIndex index = _folder.Open(Dimension, WithGraph);
        for (int id = 0; id < Rows; id++)
            index.Put(id, 1, _vectors[id]);
        index.Maintain(2);
        using var done = new CancellationTokenSource();

        // Each round replaces all rows in order: any moment shows at most two neighbouring versions, the newer one first.
        Task writer = Task.Run(() =>
        {
            for (int version = 2; !done.IsCancellationRequested; version++)
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
            using NeighborIndex again = copy.Open(Dimension, WithGraph);
            int[] versions = [.. again.ListRows().OrderBy(row => row.Id).Select(row => row.Version)];
            versions.Length.ShouldBe(Rows);
            versions.ShouldBe(versions.OrderDescending());
            (versions[0] - versions[^1]).ShouldBeInRange(0, 1);
            var oracle = new BruteForce();
            for (int id = 0; id < Rows; id++)
                oracle.Put(id, versions[id], _vectors[versions[id] == 1 ? id : (id + versions[id]) % Rows], null);
            ShouldAgree(again, oracle);
        }

        await done.CancelAsync();
        await writer;
    }

    [Fact]
    public void A_folder_is_used_by_one_at_a_time()
    {
        using NeighborIndex index = _folder.Open(Dimension);
        Should.Throw<IOException>(() => NeighborIndex.Open(_folder.Path, Dimension, null, out _));
    }

    [Fact]
    public void An_index_in_memory_says_that_it_can_not_be_saved()
    {
        using var index = new NeighborIndex(Dimension);
        Should.Throw<InvalidOperationException>(() => index.Save()).Message.ShouldContain("open it from a folder");
    }

    private static void Put(NeighborIndex index, BruteForce oracle, long id, int version, float[] whole, float[]? mainObject = null)
    {
        index.Put(id, version, whole, mainObject);
        oracle.Put(id, version, whole, mainObject);
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

    // All rows are asked for, which even a graph must give completely.
    private void ShouldAgree(NeighborIndex index, BruteForce oracle)
    {
        index.Count.ShouldBe(oracle.Count);
        var hits = new Hit[oracle.Count];
        float[] view = _vectors[^1];
        index.Search(view, default, hits).ShouldBe(oracle.Count);
        var expected = oracle.Search(view, null, oracle.Count).ToDictionary(hit => hit.Id);
        foreach (Hit hit in hits)
        {
            hit.Version.ShouldBe(expected[hit.Id].Version);
            ((double)hit.SquaredDistance).ShouldBe(expected[hit.Id].Distance, 1e-5);
        }

        hits.Select(hit => hit.Id).ShouldBeUnique();
    }
}
