using System.Diagnostics.Metrics;

namespace ImageSearch.Storage.S3;

/// <summary>The metrics of calls to the object store.</summary>
internal sealed class S3Metrics : IDisposable
{
    private readonly Histogram<double> _duration;

    public S3Metrics() => _duration = Meter.CreateDuration(
        "imagesearch.objects.call.duration", "Duration of a call to the object store of originals over all attempts, by call and outcome.");

    public Meter Meter { get; } = new(StorageMeter.Name);

    public void Ended(string call, string outcome, TimeSpan duration) =>
        _duration.Record(
            duration.TotalSeconds, new KeyValuePair<string, object?>("call", call), new KeyValuePair<string, object?>("outcome", outcome));

    public void Dispose() => Meter.Dispose();
}
