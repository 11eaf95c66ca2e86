using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Tests.Rows;

/// <summary>What an open view protects, and what is reused once it is closed.</summary>
public sealed class RowStoreTests : IDisposable
{
    private const int Dimension = 8;
    private readonly float[][] _vectors = UnitVectors.Many(seed: 2, count: 10, Dimension);
    private readonly RowStore _rows = new(Dimension, new ExactVectors(Dimension, file: null));

    public void Dispose() => _rows.Dispose();

    [Fact]
    public void A_view_keeps_showing_the_rows_of_its_epoch()
    {
        _rows.Put(1, 1, _vectors[0], default);
        RowView before = _rows.OpenView();
        for (int version = 2; version < 50; version++)
            _rows.Put(1, version, _vectors[version % 10], default);
        _rows.Remove(1, 50);

        VisibleIn(before).ShouldBe([(1, 1)]);
        FirstVectorIn(before).ShouldBe(_vectors[0]);
        _rows.CloseView(before);
    }

    [Fact]
    public void A_later_view_shows_the_newest_version_only()
    {
        _rows.Put(1, 1, _vectors[0], _vectors[1]);
        RowView before = _rows.OpenView();
        _rows.Put(1, 2, _vectors[2], default);
        RowView after = _rows.OpenView();

        VisibleIn(before).ShouldBe([(1, 1), (1, 1)]);
        VisibleIn(after).ShouldBe([(1, 2)]);
        _rows.CloseView(before);
        _rows.CloseView(after);
    }

    [Fact]
    public void Without_open_views_slots_are_reused()
    {
        for (int version = 1; version < 1_000; version++)
            _rows.Put(1, version, _vectors[version % 10], _vectors[0]);
        SlotsEverUsed().ShouldBeLessThanOrEqualTo(6);
    }

    [Fact]
    public void An_open_view_protects_only_slots_deleted_since_it_was_opened()
    {
        _rows.Put(1, 1, _vectors[0], default);
        RowView open = _rows.OpenView();
        for (int version = 2; version < 100; version++)
            _rows.Put(1, version, _vectors[0], default);
        SlotsEverUsed().ShouldBe(99);

        _rows.CloseView(open);
        for (int version = 100; version < 190; version++)
            _rows.Put(1, version, _vectors[0], default);
        SlotsEverUsed().ShouldBe(99);
    }

    [Fact]
    public void The_number_of_open_views_can_exceed_the_initial_capacity()
    {
        _rows.Put(1, 1, _vectors[0], default);
        RowView[] open = [.. Enumerable.Range(0, 50).Select(_ => _rows.OpenView())];
        open.Select(view => view.Lease).ShouldBeUnique();
        foreach (RowView view in open)
            _rows.CloseView(view);
    }

    [Fact]
    public void A_view_of_a_disposed_store_shows_its_rows_until_it_is_closed()
    {
        _rows.Put(1, 1, _vectors[0], default);
        RowView open = _rows.OpenView();
        _rows.Dispose();
        FirstVectorIn(open).ShouldBe(_vectors[0]);
        Should.Throw<ObjectDisposedException>(() => _rows.OpenView());
        _rows.CloseView(open);
    }

    private int SlotsEverUsed()
    {
        RowView view = _rows.OpenView();
        _rows.CloseView(view);
        return view.SlotCount;
    }

    private static unsafe List<(long Id, int Version)> VisibleIn(RowView view)
    {
        var visible = new List<(long Id, int Version)>();
        for (int number = 0; number < view.SlotCount; number++)
        {
            Slot* slot = view.SlotAt(number);
            if (slot->IsVisibleAt(view.Epoch))
                visible.Add((slot->Id, slot->Version));
        }

        return visible;
    }

    private static unsafe float[] FirstVectorIn(RowView view) => new ReadOnlySpan<float>(view.Blocks[0].Vectors, Dimension).ToArray();
}
