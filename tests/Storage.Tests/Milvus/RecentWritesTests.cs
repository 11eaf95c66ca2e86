using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Milvus.Vectors;
using ImageSearch.Storage.Tests.Vectors.Embedded;

namespace ImageSearch.Storage.Tests.Milvus;

public sealed class RecentWritesTests
{
    private const ulong Second = 1000UL << 18;
    private const ulong Now = 1_700_000_000UL * Second;

    private readonly SteppedTime _time = new();
    private readonly ServerClock _clock;
    private readonly RecentWrites _writes;

    public RecentWritesTests()
    {
        _clock = new ServerClock(_time);
        _writes = new RecentWrites(_clock, _time);
        _writes.AllowEviction();
    }

    [Fact]
    public void A_write_is_visible_immediately()
    {
        Write(1, 1);
        Visible().ShouldBe([new RowVersion(1, 1)]);
    }

    [Fact]
    public void A_write_stays_until_the_guarantee_covers_it()
    {
        var entry = Write(1, 1);
        _clock.Observe(Now);
        _writes.Acknowledge([entry], Now);
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Visible().ShouldBe([new RowVersion(1, 1)]);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        var (guarantee, entries) = _writes.Snapshot(0);
        entries.ShouldBeEmpty();
        guarantee.ShouldBeGreaterThanOrEqualTo(Now);
    }

    [Fact]
    public void An_unacknowledged_write_stays()
    {
        Write(1, 1);
        _clock.Observe(Now);
        _time.Advance(TimeSpan.FromMinutes(10));
        Visible().ShouldBe([new RowVersion(1, 1)]);
    }

    [Fact]
    public void A_failed_write_is_evicted_after_a_minute()
    {
        _writes.Fail([Write(1, 1)]);
        _time.Advance(TimeSpan.FromSeconds(59));
        Visible().ShouldNotBeEmpty();
        _time.Advance(TimeSpan.FromSeconds(2));
        Visible().ShouldBeEmpty();
    }

    [Fact]
    public void Failed_writes_beyond_ten_thousand_are_evicted_oldest_first()
    {
        for (var id = 0; id < 10_001; id++) _writes.Fail([Write(id, 1)]);
        Visible().Length.ShouldBe(10_000);
        Visible().ShouldNotContain(new RowVersion(0, 1));
    }

    [Fact]
    public void A_failed_write_that_is_repeated_stays()
    {
        _writes.Fail([Write(1, 1)]);
        Write(1, 1);
        _time.Advance(TimeSpan.FromMinutes(10));
        Visible().ShouldBe([new RowVersion(1, 1)]);
    }

    [Fact]
    public void A_newer_version_replaces_an_older_one_and_is_not_evicted_with_it()
    {
        var old = Write(1, 1);
        _clock.Observe(Now);
        _writes.Acknowledge([old], Now);
        Write(1, 2);
        _time.Advance(TimeSpan.FromSeconds(10));
        Visible().ShouldBe([new RowVersion(1, 2)]);
    }

    [Fact]
    public void An_older_version_is_rejected()
    {
        Write(1, 2);
        _writes.Write(new RecentWrite(new RowVersion(1, 1), Vectors(1, 1))).ShouldBeFalse();
        Visible().ShouldBe([new RowVersion(1, 2)]);
    }

    [Fact]
    public void A_removed_version_is_never_re_added()
    {
        _writes.Write(new RecentWrite(new RowVersion(1, 1), null));
        _writes.Write(new RecentWrite(new RowVersion(1, 1), Vectors(1, 1))).ShouldBeFalse();
        _writes.Snapshot(0).Entries.ShouldHaveSingleItem().Vectors.ShouldBeNull();
    }

    [Fact]
    public void Nothing_is_evicted_before_the_collection_is_searchable()
    {
        var writes = new RecentWrites(_clock, _time);
        var entry = new RecentWrite(new RowVersion(1, 1), Vectors(1, 1));
        writes.Write(entry);
        _clock.Observe(Now);
        writes.Acknowledge([entry], Now);
        _time.Advance(TimeSpan.FromSeconds(10));
        writes.Snapshot(0).Entries.ShouldNotBeEmpty();
        writes.AllowEviction();
        writes.Snapshot(0).Entries.ShouldBeEmpty();
    }

    [Fact]
    public void The_guarantee_never_decreases()
    {
        _clock.Observe(Now);
        var first = _writes.Snapshot(Now).Guarantee;
        _writes.Snapshot(0).Guarantee.ShouldBe(first);
    }

    private static RowVectors Vectors(long id, int version) => new(new RowVersion(id, version), new float[] { 1, 0 }, null);

    private RecentWrite Write(long id, int version)
    {
        var entry = new RecentWrite(new RowVersion(id, version), Vectors(id, version));
        _writes.Write(entry).ShouldBeTrue();
        return entry;
    }

    private RowVersion[] Visible() => [.. _writes.Snapshot(0).Entries.Select(entry => entry.Row)];
}
