using System.Text.Json.Serialization;
using ImageSearch.Api.Figures;
using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Figures;

/// <summary>The times of a stage in milliseconds.</summary>
internal sealed record PercentilesAnswer(
    [property: JsonPropertyName("p50")] double P50,
    [property: JsonPropertyName("p99")] double P99)
{
    public static PercentilesAnswer? Of(Percentiles? times) => times is null ? null : new(Math.Round(times.P50, 3), Math.Round(times.P99, 3));
}

/// <summary>The times of searches by stage; null for a stage that no search had.</summary>
internal sealed record StageTimesAnswer(
    [property: JsonPropertyName("fetch")] PercentilesAnswer? Fetch,
    [property: JsonPropertyName("embed")] PercentilesAnswer? Embed,
    [property: JsonPropertyName("filter")] PercentilesAnswer? Filter,
    [property: JsonPropertyName("vectors")] PercentilesAnswer? Vectors,
    [property: JsonPropertyName("catalog")] PercentilesAnswer? Catalog,
    [property: JsonPropertyName("all")] PercentilesAnswer? All)
{
    public static StageTimesAnswer Of(IReadOnlyList<Percentiles?> stages)
    {
        return new(
            At(FigureStage.Fetch), At(FigureStage.Embed), At(FigureStage.Filter), At(FigureStage.Vectors), At(FigureStage.Catalog), At(FigureStage.All));

        PercentilesAnswer? At(FigureStage stage) => PercentilesAnswer.Of(stages[(int)stage]);
    }
}

/// <summary>The figures of the process at one moment, and over the interval before it.</summary>
internal sealed record FigureSampleAnswer(
    [property: JsonPropertyName("time")] string Time,
    [property: JsonPropertyName("adds_per_second")] double AddsPerSecond,
    [property: JsonPropertyName("searches_per_second")] double SearchesPerSecond,
    [property: JsonPropertyName("search_ms")] StageTimesAnswer SearchMs,
    [property: JsonPropertyName("queue")] long Queue,
    [property: JsonPropertyName("refused")] long Refused,
    [property: JsonPropertyName("working_set_bytes")] long WorkingSetBytes,
    [property: JsonPropertyName("managed_bytes")] long ManagedBytes,
    [property: JsonPropertyName("waiting_rows")] long WaitingRows,
    [property: JsonPropertyName("disk_used_bytes")] long? DiskUsedBytes,
    [property: JsonPropertyName("disk_free_bytes")] long? DiskFreeBytes)
{
    public static FigureSampleAnswer Of(FigureSample sample) => new(
        WireTime.Of(WireTime.ToStored(sample.Time))!,
        Math.Round(sample.AddsPerSecond, 2),
        Math.Round(sample.SearchesPerSecond, 2),
        StageTimesAnswer.Of(sample.Stages),
        sample.Queue,
        sample.Refused,
        sample.WorkingSet,
        sample.ManagedHeap,
        sample.WaitingRows,
        sample.Disk?.Used,
        sample.Disk?.Free);
}

/// <summary>The figures of the last hour, oldest first.</summary>
internal sealed record FiguresAnswer(
    [property: JsonPropertyName("interval_seconds")] int IntervalSeconds,
    [property: JsonPropertyName("samples")] IReadOnlyList<FigureSampleAnswer> Samples)
{
    public static FiguresAnswer Of(IReadOnlyList<FigureSample> samples) =>
        new((int)FigureSampler.Interval.TotalSeconds, [.. samples.Select(FigureSampleAnswer.Of)]);
}
