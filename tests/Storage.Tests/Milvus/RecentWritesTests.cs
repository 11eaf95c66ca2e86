using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Milvus.Vectors;
using ImageSearch.Storage.Tests.Vectors.Embedded;

namespace ImageSearch.Storage.Tests.Milvus;

/// <summary>What this process wrote in the last seconds.</summary>
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
    public void A_write_is_seen_at_once()
    {
        Write(1, 1);
        Seen().ShouldBe([new RowVersion(1, 1)]);
    }

    [Fact]
    public void A_write_stays_until_the_guarantee_covers_it()
    {
        var entry = Write(1, 1);
        _clock.Observe(Now);
        _writes.Acknowledge([entry], Now);
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Seen().ShouldBe([new RowVersion(1, 1)]);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        var (guarantee, entries) = _writes.Snapshot(0);
        entries.ShouldBeEmpty();
        guarantee.ShouldBeGreaterThanOrEqualTo(Now);
    }

    [Fact]
    public void A_write_without_an_answer_stays()
    {
        Write(1, 1);
        _clock.Observe(Now);
        _time.Advance(TimeSpan.FromMinutes(10));
        Seen().ShouldBe([new RowVersion(1, 1)]);
    }

    [Fact]
    public void A_write_that_failed_leaves_after_a_minute()
    {
        _writes.Fail([Write(1, 1)]);
        _time.Advance(TimeSpan.FromSeconds(59));
        Seen().ShouldNotBeEmpty();
        _time.Advance(TimeSpan.FromSeconds(2));
        Seen().ShouldBeEmpty();
    }

    [Fact]
    public void Failed_writes_beyond_ten_thousand_leave_oldest_first()
    {
        for (var id = 0; id < 10_001; id++) _writes.Fail([Write(id, 1)]);
        Seen().Length.ShouldBe(10_000);
        Seen().ShouldNotContain(new RowVersion(0, 1));
    }

    [Fact]
    public void A_write_that_failed_and_was_written_again_stays()
    {
        _writes.Fail([Write(1, 1)]);
        Write(1, 1);
        _time.Advance(TimeSpan.FromMinutes(10));
        Seen().ShouldBe([new RowVersion(1, 1)]);
    }

    [Fact]
    public void A_newer_version_takes_the_place_of_an_older_one_and_outlives_it()
    {
        var old = Write(1, 1);
        _clock.Observe(Now);
        _writes.Acknowledge([old], Now);
        Write(1, 2);
        _time.Advance(TimeSpan.FromSeconds(10));
        Seen().ShouldBe([new RowVersion(1, 2)]);
    }

    [Fact]
    public void An_older_version_is_not_taken()
    {
        Write(1, 2);
        _writes.Write(new RecentWrite(new RowVersion(1, 1), Vectors(1, 1))).ShouldBeFalse();
        Seen().ShouldBe([new RowVersion(1, 2)]);
    }

    [Fact]
    public void A_removed_version_does_not_come_back()
    {
        _writes.Write(new RecentWrite(new RowVersion(1, 1), null));
        _writes.Write(new RecentWrite(new RowVersion(1, 1), Vectors(1, 1))).ShouldBeFalse();
        _writes.Snapshot(0).Entries.ShouldHaveSingleItem().Vectors.ShouldBeNull();
    }

    [Fact]
    public void Nothing_leaves_while_the_collection_can_not_be_searched()
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
    public void The_guarantee_never_goes_back()
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

    private RowVersion[] Seen() => [.. _writes.Snapshot(0).Entries.Select(entry => entry.Row)];
}
