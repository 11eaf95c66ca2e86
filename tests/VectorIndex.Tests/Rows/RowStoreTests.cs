namespace ImageSearch.VectorIndex.Tests;

/// <summary>What an open snapshot keeps, and what is used again once it is closed.</summary>
public sealed class RowStoreTests : IDisposable
{
    private const int Dimension = 8;
    private readonly float[][] _vectors = UnitVectors.Many(seed: 2, count: 10, Dimension);
    private readonly RowStore _rows = new(Dimension);

    public void Dispose() => _rows.Dispose();

    [Fact]
    public void A_snapshot_keeps_showing_what_was_there()
    {
        _rows.Put(1, 1, _vectors[0], default);
        Snapshot before = _rows.OpenSnapshot();
        for (int version = 2; version < 50; version++)
            _rows.Put(1, version, _vectors[version % 10], default);
        _rows.Remove(1, 50);

        VisibleIn(before).ShouldBe([(1, 1)]);
        FirstVectorIn(before).ShouldBe(_vectors[0]);
        _rows.CloseSnapshot(before);
    }

    [Fact]
    public void A_later_snapshot_shows_the_newest_version_only()
    {
        _rows.Put(1, 1, _vectors[0], _vectors[1]);
        Snapshot before = _rows.OpenSnapshot();
        _rows.Put(1, 2, _vectors[2], default);
        Snapshot after = _rows.OpenSnapshot();

        VisibleIn(before).ShouldBe([(1, 1), (1, 1)]);
        VisibleIn(after).ShouldBe([(1, 2)]);
        _rows.CloseSnapshot(before);
        _rows.CloseSnapshot(after);
    }

    [Fact]
    public void Without_open_snapshots_slots_are_used_again()
    {
        for (int version = 1; version < 1_000; version++)
            _rows.Put(1, version, _vectors[version % 10], _vectors[0]);
        SlotsEverUsed().ShouldBeLessThanOrEqualTo(6);
    }

    [Fact]
    public void An_open_snapshot_keeps_only_what_died_since_it_was_opened()
    {
        _rows.Put(1, 1, _vectors[0], default);
        Snapshot open = _rows.OpenSnapshot();
        for (int version = 2; version < 100; version++)
            _rows.Put(1, version, _vectors[0], default);
        SlotsEverUsed().ShouldBe(99);

        _rows.CloseSnapshot(open);
        for (int version = 100; version < 190; version++)
            _rows.Put(1, version, _vectors[0], default);
        SlotsEverUsed().ShouldBe(99);
    }

    [Fact]
    public void More_snapshots_can_be_open_than_there_was_room_for()
    {
        _rows.Put(1, 1, _vectors[0], default);
        Snapshot[] open = [.. Enumerable.Range(0, 50).Select(_ => _rows.OpenSnapshot())];
        open.Select(snapshot => snapshot.Lease).ShouldBeUnique();
        foreach (Snapshot snapshot in open)
            _rows.CloseSnapshot(snapshot);
    }

    [Fact]
    public void Memory_of_a_disposed_store_stays_until_the_last_snapshot_is_closed()
    {
        _rows.Put(1, 1, _vectors[0], default);
        Snapshot open = _rows.OpenSnapshot();
        _rows.Dispose();
        open.Blocks[0].IsDisposed.ShouldBeFalse();
        FirstVectorIn(open).ShouldBe(_vectors[0]);

        _rows.CloseSnapshot(open);
        open.Blocks[0].IsDisposed.ShouldBeTrue();
    }

    private int SlotsEverUsed()
    {
        Snapshot snapshot = _rows.OpenSnapshot();
        _rows.CloseSnapshot(snapshot);
        return snapshot.SlotCount;
    }

    private static IEnumerable<(long Id, int Version)> VisibleIn(Snapshot snapshot) =>
        from number in Enumerable.Range(0, snapshot.SlotCount)
        let slot = snapshot.SlotAt(number)
        where slot.IsVisibleAt(snapshot.Moment)
        select (slot.Id, slot.Version);

    private static unsafe float[] FirstVectorIn(Snapshot snapshot) => new ReadOnlySpan<float>(snapshot.VectorAt(0), Dimension).ToArray();
}
