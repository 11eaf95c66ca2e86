using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Tests.Rows;

/// <summary>When the memory that views read is freed.</summary>
public sealed class ViewLeasesTests
{
    private readonly ViewLeases _leases;
    private int _freed;

    public ViewLeasesTests() => _leases = new ViewLeases(() => _freed++);

    [Fact]
    public void Memory_is_freed_when_the_last_view_of_a_closed_store_is_released()
    {
        RowView first = _leases.Open();
        RowView second = _leases.Open();
        _leases.Close();
        _leases.Release(first);
        _freed.ShouldBe(0);
        _leases.Release(second);
        _freed.ShouldBe(1);
    }

    [Fact]
    public void Without_open_views_memory_is_freed_immediately_and_only_once()
    {
        _leases.Close();
        _leases.Close();
        _freed.ShouldBe(1);
    }

    [Fact]
    public void Opening_a_view_of_a_closed_store_throws()
    {
        _leases.Close();
        Should.Throw<ObjectDisposedException>(() => _leases.Open());
    }

    [Fact]
    public void The_oldest_epoch_is_that_of_the_oldest_open_view()
    {
        _leases.Publish(new RowView(Epoch: 3, 0, 0, 0, UnlinkedSlots.None, 0));
        RowView open = _leases.Open();
        _leases.Publish(new RowView(Epoch: 8, 0, 0, 0, UnlinkedSlots.None, 0));
        _leases.OldestEpoch().ShouldBe(3);
        _leases.Release(open);
        _leases.OldestEpoch().ShouldBe(8);
    }
}
