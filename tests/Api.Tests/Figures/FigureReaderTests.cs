using System.Diagnostics.Metrics;
using ImageSearch.Api.Figures;

namespace ImageSearch.Api.Tests.Figures;

/// <summary>What samples make of the instruments of docs/metrics.md.</summary>
public sealed class FigureReaderTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Clock _clock = new();
    private readonly TestMeters _meters = new();
    private readonly FigureReader _reader;

    public FigureReaderTests() => _reader = new FigureReader(Path.GetTempPath(), _clock, _meters.Made);

    public void Dispose()
    {
        _reader.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public void Adds_of_all_calls_and_searches_are_counted_per_second()
    {
        var calls = Histogram("imagesearch.table.call.duration");
        foreach (var call in (string[])["add", "put_item", "search", "search_items", "put_items", "count"]) calls.Record(0.1, new("call", call), new("outcome", "ok"));
        calls.Record(0.1, new("call", "add"), new("outcome", "busy"));
        var batches = Counter("imagesearch.batch.operations");
        batches.Add(3, new KeyValuePair<string, object?>("result", "created"));
        batches.Add(1, new KeyValuePair<string, object?>("result", "deleted"));
        var imports = Counter("imagesearch.import.pictures");
        imports.Add(15, new KeyValuePair<string, object?>("outcome", "ok"));
        imports.Add(2, new KeyValuePair<string, object?>("outcome", "picture_corrupt"));

        var sample = Sample();

        (sample.AddsPerSecond, sample.SearchesPerSecond).ShouldBe((2, 0.2));
        Sample().AddsPerSecond.ShouldBe(0);
    }

    [Fact]
    public void Stages_of_searches_have_percentiles_and_those_of_writes_have_not()
    {
        var stages = new CallStages(TimeProvider.System, _meters);
        stages.Record("search", "vectors", TimeSpan.FromMilliseconds(8));
        stages.Record("put", "embed", TimeSpan.FromMilliseconds(8));
        var requests = Histogram("http.server.request.duration");
        requests.Record(0.02, new("http.route", "/v1/tables/{table}/search"), new("http.response.status_code", 200));
        requests.Record(9, new("http.route", "/v1/tables/{table}/search"), new("http.response.status_code", 400));
        requests.Record(9, new("http.route", "/v1/tables/{table}/items"), new("http.response.status_code", 200));

        var found = Sample().Stages;

        found[(int)FigureStage.Vectors]!.P50.ShouldBe(8, 0.4);
        found[(int)FigureStage.All]!.P99.ShouldBe(20, 1);
        found[(int)FigureStage.Embed].ShouldBeNull();
    }

    [Fact]
    public void Calls_that_are_refused_for_a_while_are_counted()
    {
        var requests = Histogram("http.server.request.duration");
        foreach (var status in (int[])[200, 429, 503, 500]) requests.Record(0.1, new KeyValuePair<string, object?>("http.response.status_code", status));

        Sample().Refused.ShouldBe(2);
    }

    [Fact]
    public void Gauges_and_the_process_are_read_when_a_sample_is_taken()
    {
        var waiting = 1;
        _meters.Create("test").CreateObservableGauge("imagesearch.embedding.waiting", () => waiting);
        _meters.Create("test").CreateObservableGauge("imagesearch.index.waiting_rows", () => 40L);
        waiting = 5;

        var sample = Sample();

        (sample.Queue, sample.WaitingRows).ShouldBe((5, 40));
        sample.WorkingSet.ShouldBeGreaterThan(sample.ManagedHeap);
        sample.Disk!.Free.ShouldBeGreaterThan(0);
    }

    private Histogram<double> Histogram(string name) => _meters.Create("test").CreateHistogram<double>(name);

    private Counter<long> Counter(string name) => _meters.Create("test").CreateCounter<long>(name);

    private FigureSample Sample()
    {
        _clock.Advance(Interval);
        return _reader.Read();
    }
}
