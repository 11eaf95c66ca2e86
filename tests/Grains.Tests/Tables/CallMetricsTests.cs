using ImageSearch.Grains.Indexing;
using ImageSearch.Grains.Tables;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Tests.Tables;

/// <summary>The metrics of table calls.</summary>
public sealed class CallMetricsTests : TableFixture
{
    private const string Duration = "imagesearch.table.call.duration";

    private static readonly NewPicture Lamp = Picture(0, new PictureTexts(Key: "lamp-17"));

    [Fact]
    public async Task Every_call_is_measured_under_its_name()
    {
        using var measured = new Measurements(Meters.Made);

        await Table.CreateAsync(null, default);
        var id = (await Table.AddAsync(Lamp, default)).ShouldSucceed();
        await Table.UpdateAsync(new PictureChange(id, null, new PictureTexts(Brief: "a lamp")), default);
        await Table.SearchAsync(Near(0), default);
        await Table.CountAsync(default);
        await Table.DescribeAsync(default);
        await Table.LoadAsync(default);
        await Table.DeleteByIdsAsync([id], default);
        await Table.DeleteByKeysAsync(["lamp-17"], default);
        await Table.DropAsync(default);

        measured.Of(Duration).Select(call => call["call"]).ShouldBe(
            ["create", "add", "update", "search", "count", "describe", "load", "delete_by_ids", "delete_by_keys", "drop"]);
        measured.Of(Duration).ShouldAllBe(call => call["outcome"] == "ok" && call.Value > 0 && call.Value < 600);
    }

    [Fact]
    public async Task No_tag_contains_a_table_name_or_its_content()
    {
        using var measured = new Measurements(Meters.Made);

        await Table.SearchAsync(Near(0), default);
        await Table.CreateAsync(null, default);
        await Table.AddAsync(Lamp, default);
        await Table.SearchAsync(Near(0), default);

        measured.All.Count.ShouldBe(4);
        measured.All.ShouldAllBe(call => string.Join(" ", call.Tags.Keys.Order()) == "call outcome");
        measured.All.SelectMany(call => call.Tags.Values).ShouldAllBe(value => !value.Contains(Shop.Value) && !value.Contains("lamp"));
    }

    [Fact]
    public async Task The_outcome_of_a_failed_call_is_its_code()
    {
        using var measured = new Measurements(Meters.Made);

        await Table.AddAsync(Lamp, default);

        Outcomes(measured).ShouldBe(["add table_not_found"]);
    }

    [Fact]
    public async Task A_failure_of_the_store_is_an_outcome()
    {
        await Table.CreateAsync(null, default);
        await Table.AddAsync(Lamp, default);
        using var measured = new Measurements(Meters.Made);

        Vectors.IsDown = true;
        await Table.SearchAsync(Near(0), default);

        Outcomes(measured).ShouldBe(["search vector_store_unavailable"]);
    }

    [Fact]
    public async Task The_outcome_of_an_unexpected_exception_is_internal()
    {
        await Table.CreateAsync(null, default);
        using var measured = new Measurements(Meters.Made);

        Vectors.BeforeSearch = () => throw new InvalidOperationException("thrown by the test");
        await Should.ThrowAsync<Exception>(Table.SearchAsync(Near(0), default));

        Outcomes(measured).ShouldBe(["search internal"]);
    }

    [Fact]
    public async Task A_table_that_is_being_loaded_is_counted()
    {
        var loads = new TableLoads(TimeProvider.System, Meters);
        using var measured = new Measurements(Meters.Made);

        using (loads.Begin(Shop, 1000)) measured.Shown("imagesearch.table.loading").ShouldBe(1);

        measured.Shown("imagesearch.table.loading").ShouldBe(0);
    }

    [Fact]
    public void Waiting_rows_and_the_age_of_the_oldest_are_measured()
    {
        var time = new ManualTime();
        var lag = new IndexLag(time, Meters);
        using var measured = new Measurements(Meters.Made);

        lag.Update(new TableGeneration(Shop, 1), 3);
        time.Advance(TimeSpan.FromSeconds(90));
        lag.Update(new TableGeneration(Shop, 1), 2);
        lag.Update(new TableGeneration(Shop, 2), 5);

        measured.Shown("imagesearch.index.waiting_rows").ShouldBe(7);
        measured.Shown("imagesearch.index.oldest_waiting").ShouldBe(90);
    }

    [Fact]
    public void An_unreachable_vector_store_is_measured()
    {
        var lag = new IndexLag(TimeProvider.System, Meters);
        using var measured = new Measurements(Meters.Made);
        measured.Shown("imagesearch.vector_store.up").ShouldBe(1);

        lag.Fault = "Milvus is unreachable";

        measured.Shown("imagesearch.vector_store.up").ShouldBe(0);
    }

    private static IEnumerable<string> Outcomes(Measurements measured) => measured.Of(Duration).Select(call => $"{call["call"]} {call["outcome"]}");

    private sealed class ManualTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan time) => _now += time.Ticks;
    }
}
