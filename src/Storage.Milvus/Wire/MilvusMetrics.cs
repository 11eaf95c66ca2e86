using System.Diagnostics.Metrics;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>The metrics of calls to Milvus.</summary>
internal sealed class MilvusMetrics : IDisposable
{
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _retries;

    public Meter Meter { get; } = new(StorageMeter.Name);

    /// <param name="isOpen">Whether the circuit breaker is open.</param>
    public MilvusMetrics(Func<bool> isOpen)
    {
        _duration = Meter.CreateDuration(
            "imagesearch.milvus.call.duration", "Duration of a call over all attempts, by call and outcome.");
        _retries = Meter.CreateCounter<long>("imagesearch.milvus.call.retries", "{try}", "Attempts after the first of a call.");
        Meter.CreateObservableGauge(
            "imagesearch.milvus.breaker.open", () => isOpen() ? 1 : 0, description: "1 while the circuit breaker is open because the server can't be reached.");
    }

    public void Ended(string call, string outcome, TimeSpan duration) =>
        _duration.Record(
            duration.TotalSeconds, new KeyValuePair<string, object?>("call", call), new KeyValuePair<string, object?>("outcome", outcome));

    public void Retried(string call) => _retries.Add(1, new KeyValuePair<string, object?>("call", call));

    public void Dispose() => Meter.Dispose();
}
