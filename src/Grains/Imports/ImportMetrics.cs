using System.Diagnostics.Metrics;
using ImageSearch.Grains.Tables;

namespace ImageSearch.Grains.Imports;

/// <summary>Counts the pictures of imports.</summary>
public sealed class ImportMetrics
{
    private readonly Counter<long> _pictures;
    private long _waiting;

    /// <param name="meters">Creates and owns the meter.</param>
    public ImportMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(CallMetrics.MeterName);
        _pictures = meter.CreateCounter<long>(
            "imagesearch.import.pictures", "{picture}", "Pictures of imports that were stored, or why not, by outcome.");
        meter.CreateObservableGauge(
            "imagesearch.import.waiting", () => Interlocked.Read(ref _waiting), "{picture}",
            "Pictures that wait in the pieces of imports on which this process works.");
    }

    /// <summary>Records that a picture is stored, or why not.</summary>
    internal void Record(Failure? failure) => _pictures.Add(1, new KeyValuePair<string, object?>("outcome", Outcome.Of(failure)));

    /// <summary>Counts pictures that wait; fewer than none for those that are done.</summary>
    internal void AddWaiting(int pictures) => Interlocked.Add(ref _waiting, pictures);
}
