using ImageSearch.Client.Figures;
using ImageSearch.Pages.Languages;
using ImageSearch.Pages.Sessions;

namespace ImageSearch.Pages.Figures;

/// <summary>The charts of the page: their titles and lines.</summary>
/// <param name="session">Who looks at them.</param>
/// <param name="samples">The samples, oldest first.</param>
internal sealed class FigureCharts(PageSession session, IReadOnlyList<FigureSample> samples)
{
    private static readonly (Text Name, Func<StageTimes, Percentiles?> Of)[] Stages =
    [
        (FigureWords.All, times => times.All), (FigureWords.Embed, times => times.Embed), (FigureWords.Vectors, times => times.Vectors),
        (FigureWords.Catalog, times => times.Catalog), (FigureWords.Filter, times => times.Filter), (FigureWords.Fetch, times => times.Fetch),
    ];

    /// <summary>The charts in order.</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<ChartLine> Lines)> All =>
    [
        Chart(FigureWords.Rates, Line(FigureWords.AddsPerSecond, sample => sample.AddsPerSecond), Line(FigureWords.SearchesPerSecond, sample => sample.SearchesPerSecond)),
        Chart(FigureWords.P50ByStage, [.. Stages.Select(stage => Line(stage.Name, sample => stage.Of(sample.SearchMs)?.P50))]),
        Chart(FigureWords.P99ByStage, [.. Stages.Select(stage => Line(stage.Name, sample => stage.Of(sample.SearchMs)?.P99))]),
        Chart(FigureWords.QueueAndRefused, Line(FigureWords.Queue, sample => sample.Queue), Line(FigureWords.Refused, sample => sample.Refused)),
        Chart(
            FigureWords.Memory,
            Line(FigureWords.WorkingSet, sample => ByteSize.Megabytes(sample.WorkingSetBytes)),
            Line(FigureWords.Managed, sample => ByteSize.Megabytes(sample.ManagedBytes))),
        Chart(FigureWords.WaitingRows, Line(FigureWords.WaitingRows, sample => sample.WaitingRows)),
        Chart(FigureWords.Disk, Line(FigureWords.DiskUsed, sample => Gigabytes(sample.DiskUsedBytes)), Line(FigureWords.DiskFree, sample => Gigabytes(sample.DiskFreeBytes))),
    ];

    private static double? Gigabytes(long? bytes) => bytes is { } there ? ByteSize.Gigabytes(there) : null;

    private (string, IReadOnlyList<ChartLine>) Chart(Text title, params IReadOnlyList<ChartLine> lines) => (session.Say(title), lines);

    private ChartLine Line(Text name, Func<FigureSample, double?> value) => new(session.Say(name), [.. samples.Select(sample => (sample.Time, value(sample)))]);
}
