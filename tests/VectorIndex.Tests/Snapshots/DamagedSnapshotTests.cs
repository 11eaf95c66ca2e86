namespace ImageSearch.VectorIndex.Tests.Snapshots;

/// <summary>A file that is not as it was written is refused with a reason, or does no harm: never a crash, never a wrong vector.</summary>
public sealed class DamagedSnapshotTests : IDisposable
{
    private const int Dimension = 6;
    private const int SmallRows = 12;
    private static readonly IndexOptions WithGraph = new() { FlatRows = 0, RowsPerWidth = 0 };

    private readonly IndexFolder _folder = new();
    private readonly float[][] _vectors = UnitVectors.Many(seed: 4, count: 1_100, Dimension);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x80)]
    [InlineData(0xFF)]
    public void Any_byte_of_a_snapshot_that_is_another_one_is_noticed(int change)
    {
        Save(SmallRows);
        byte[] good = File.ReadAllBytes(_folder.Snapshot);
        for (int i = 0; i < good.Length; i++)
        {
            var bad = (byte[])good.Clone();
            bad[i] ^= (byte)change;
            File.WriteAllBytes(_folder.Snapshot, bad);
            ShouldBeRefused($"byte {i}");
        }

        File.WriteAllBytes(_folder.Snapshot, good);
        using NeighborIndex index = _folder.Open(Dimension, WithGraph);
        index.Count.ShouldBe(SmallRows);
    }

    [Fact]
    public void A_torn_snapshot_is_refused_wherever_it_ends()
    {
        Save(SmallRows);
        byte[] good = File.ReadAllBytes(_folder.Snapshot);
        for (int length = 0; length < good.Length; length += 7)
        {
            File.WriteAllBytes(_folder.Snapshot, good[..length]);
            ShouldBeRefused($"{length} bytes");
        }
    }

    [Fact]
    public void A_snapshot_with_something_behind_it_is_refused()
    {
        Save(SmallRows);
        File.AppendAllText(_folder.Snapshot, "x");
        ShouldBeRefused("longer").ShouldContain("torn");
    }

    [Fact]
    public void A_snapshot_of_another_dimension_is_refused()
    {
        Save(SmallRows);
        using NeighborIndex index = NeighborIndex.Open(_folder.Path, Dimension + 1, null, out string? refused);
        refused.ShouldNotBeNull().ShouldContain("vectors of 6 values, not 7");
        index.Count.ShouldBe(0);
    }

    [Fact]
    public void A_snapshot_of_a_later_format_is_refused_by_that_reason()
    {
        Save(SmallRows);
        byte[] later = File.ReadAllBytes(_folder.Snapshot);
        later[8] = 2;
        File.WriteAllBytes(_folder.Snapshot, later);
        ShouldBeRefused("later").ShouldContain("format 2");
    }

    [Fact]
    public void A_refused_index_is_filled_and_saved_anew()
    {
        Save(SmallRows);
        File.WriteAllText(_folder.Snapshot, "not a snapshot");
        using (NeighborIndex index = NeighborIndex.Open(_folder.Path, Dimension, null, out string? refused))
        {
            refused.ShouldNotBeNull();
            index.Put(7, 1, _vectors[7]);
            index.Save();
        }

        using NeighborIndex again = _folder.Open(Dimension);
        again.ListRows().ShouldBe([(7L, 1)]);
    }

    [Fact]
    public void A_vector_that_changed_in_its_file_is_never_judged_by()
    {
        const int Rows = 1_050;
        Save(Rows);
        byte[] good = File.ReadAllBytes(_folder.Vectors);
        good.Length.ShouldBe((Rows - 1_024) * Dimension * sizeof(float));
        for (int i = 0; i < good.Length; i++)
        {
            var bad = (byte[])good.Clone();
            bad[i] ^= 0x40;
            File.WriteAllBytes(_folder.Vectors, bad);
            ShouldMissOnly(1_024 + (i / (Dimension * sizeof(float))), Rows);
        }
    }

    [Fact]
    public void A_vector_file_that_is_too_short_costs_its_rows_only()
    {
        const int Rows = 1_030;
        Save(Rows);
        using (FileStream file = File.OpenWrite(_folder.Vectors))
            file.SetLength(0);
        using NeighborIndex index = _folder.Open(Dimension, WithGraph);
        var hits = new Hit[Rows];
        index.Search(_vectors[0], default, hits).ShouldBe(1_024);
        index.DamagedRows.ShouldBe(Rows - 1_024);
        index.Count.ShouldBe(1_024);
    }

    private void Save(int rows)
    {
        using NeighborIndex index = _folder.Open(Dimension, WithGraph);
        for (int id = 0; id < rows; id++)
            index.Put(id, 1, _vectors[id]);
        index.Maintain(1);
        index.Save();
    }

    private string ShouldBeRefused(string what)
    {
        using NeighborIndex index = NeighborIndex.Open(_folder.Path, Dimension, WithGraph, out string? refused);
        refused.ShouldNotBeNull(what);
        index.Count.ShouldBe(0);
        return refused;
    }

    private void ShouldMissOnly(int missing, int rows)
    {
        using NeighborIndex index = _folder.Open(Dimension, WithGraph);
        var hits = new Hit[rows];
        index.Search(_vectors[missing], default, hits).ShouldBe(rows - 1);
        foreach (Hit hit in hits.AsSpan(0, rows - 1))
        {
            hit.Id.ShouldNotBe(missing);
            ((double)hit.SquaredDistance).ShouldBe(BruteForce.SquaredDistance(_vectors[missing], _vectors[hit.Id]), 1e-5);
        }

        index.DamagedRows.ShouldBe(1);
        index.VersionOf(missing).ShouldBeNull();
    }
}
