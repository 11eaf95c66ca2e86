using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ImageSearch.Storage.Catalog;

/// <summary>Instruments of a catalog.</summary>
internal sealed class CatalogMetrics : IDisposable
{
    private static readonly InstrumentAdvice<int> GroupSizes = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500] };

    private readonly Histogram<double> _duration;
    private readonly Histogram<int> _writes;
    private readonly Counter<long> _retries;

    public Meter Meter { get; } = new(StorageMeter.Name);

    public CatalogMetrics()
    {
        _duration = Meter.CreateDuration(
            "imagesearch.catalog.commit.duration", "How long a commit took with all its tries, by outcome: ok, failed, unknown.");
        _writes = Meter.CreateHistogram("imagesearch.catalog.commit.writes", "{write}", "Writes that a commit made durable together.", null, GroupSizes);
        _retries = Meter.CreateCounter<long>(
            "imagesearch.catalog.retries", "{try}", "Work with the database server that was tried again after a fault that passes.");
    }

    /// <summary>A timestamp for the other members.</summary>
    public static long Now => Stopwatch.GetTimestamp();

    /// <summary>A commit is durable.</summary>
    public void Committed(int writes, long began)
    {
        Record(Outcome.Ok, began);
        _writes.Record(writes);
    }

    /// <summary>A commit stored nothing.</summary>
    public void Failed(long began) => Record("failed", began);

    /// <summary>It is not known whether a commit was stored: its reply was lost.</summary>
    public void OutcomeUnknown(long began) => Record("unknown", began);

    /// <summary>Work is retried.</summary>
    public void Retried() => _retries.Add(1);

    public void Dispose() => Meter.Dispose();

    private void Record(string outcome, long began) =>
        _duration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));
}
