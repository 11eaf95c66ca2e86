namespace ImageSearch.VectorIndex.Tests.Snapshots;

/// <summary>A damaged file is rejected with a reason or costs only the damaged rows: never a crash, never a wrong distance.</summary>
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
    public void A_change_of_any_byte_of_a_snapshot_is_detected(int change)
    {
        Save(SmallRows);
        byte[] valid = File.ReadAllBytes(_folder.Snapshot);
        for (int i = 0; i < valid.Length; i++)
        {
            var damaged = (byte[])valid.Clone();
            damaged[i] ^= (byte)change;
            File.WriteAllBytes(_folder.Snapshot, damaged);
            ShouldBeRejected($"byte {i}");
        }

        File.WriteAllBytes(_folder.Snapshot, valid);
        using NeighborIndex index = _folder.Open(Dimension, WithGraph);
        index.Count.ShouldBe(SmallRows);
    }

    [Fact]
    public void A_snapshot_truncated_at_any_length_is_rejected()
    {
        Save(SmallRows);
        byte[] valid = File.ReadAllBytes(_folder.Snapshot);
        for (int length = 0; length < valid.Length; length += 7)
        {
            File.WriteAllBytes(_folder.Snapshot, valid[..length]);
            ShouldBeRejected($"{length} bytes");
        }
    }

    [Fact]
    public void A_snapshot_with_trailing_bytes_is_rejected()
    {
        Save(SmallRows);
        File.AppendAllText(_folder.Snapshot, "x");
        ShouldBeRejected("longer").ShouldContain("its length is wrong");
    }

    [Fact]
    public void A_snapshot_of_another_dimension_is_rejected()
    {
        Save(SmallRows);
        using NeighborIndex index = NeighborIndex.Open(_folder.Path, Dimension + 1, null, out string? rejectionReason);
        rejectionReason.ShouldNotBeNull().ShouldContain("vectors of 6 values, not 7");
        index.Count.ShouldBe(0);
    }

    [Fact]
    public void A_snapshot_of_a_later_format_is_rejected_with_that_reason()
    {
        Save(SmallRows);
        byte[] later = File.ReadAllBytes(_folder.Snapshot);
        later[8] = 2;
        File.WriteAllBytes(_folder.Snapshot, later);
        ShouldBeRejected("later").ShouldContain("format 2");
    }

    [Fact]
    public void After_a_rejected_snapshot_the_index_can_be_filled_and_saved()
    {
        Save(SmallRows);
        File.WriteAllText(_folder.Snapshot, "not a snapshot");
        using (NeighborIndex index = NeighborIndex.Open(_folder.Path, Dimension, null, out string? rejectionReason))
        {
            rejectionReason.ShouldNotBeNull();
            index.Put(7, 1, _vectors[7]);
            index.Save();
        }

        using NeighborIndex again = _folder.Open(Dimension);
        again.ListRows().ShouldBe([(7L, 1)]);
    }

    [Fact]
    public void A_row_whose_vector_changed_in_the_file_is_dropped()
    {
        const int Rows = 1_050;
        Save(Rows);
        byte[] valid = File.ReadAllBytes(_folder.Vectors);
        valid.Length.ShouldBe((Rows - 1_024) * Dimension * sizeof(float));
        for (int i = 0; i < valid.Length; i++)
        {
            var damaged = (byte[])valid.Clone();
            damaged[i] ^= 0x40;
            File.WriteAllBytes(_folder.Vectors, damaged);
            ShouldMissOnly(1_024 + (i / (Dimension * sizeof(float))), Rows);
        }
    }

    [Fact]
    public void A_truncated_vector_file_costs_only_its_rows()
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

    private string ShouldBeRejected(string damage)
    {
        using NeighborIndex index = NeighborIndex.Open(_folder.Path, Dimension, WithGraph, out string? rejectionReason);
        rejectionReason.ShouldNotBeNull(damage);
        index.Count.ShouldBe(0);
        return rejectionReason;
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
