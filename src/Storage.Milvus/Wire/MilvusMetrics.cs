using System.Diagnostics.Metrics;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>What the calls to Milvus measure.</summary>
internal sealed class MilvusMetrics : IDisposable
{
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _retries;

    public Meter Meter { get; } = new(StorageMeter.Name);

    /// <param name="isOpen">Whether calls fail at once.</param>
    public MilvusMetrics(Func<bool> isOpen)
    {
        _duration = Meter.CreateDuration(
            "imagesearch.milvus.call.duration", "How long a call took with all its tries, by call and outcome.");
        _retries = Meter.CreateCounter<long>("imagesearch.milvus.call.retries", "{try}", "Tries after a call's first.");
        Meter.CreateObservableGauge(
            "imagesearch.milvus.breaker.open", () => isOpen() ? 1 : 0, description: "1 while calls fail at once, for the server can't be reached.");
    }

    public void Ended(string call, string outcome, TimeSpan duration) =>
        _duration.Record(
            duration.TotalSeconds, new KeyValuePair<string, object?>("call", call), new KeyValuePair<string, object?>("outcome", outcome));

    public void Retried(string call) => _retries.Add(1, new KeyValuePair<string, object?>("call", call));

    public void Dispose() => Meter.Dispose();
}
