using System.Diagnostics.Metrics;
using ImageSearch.Grains.Tables;

namespace ImageSearch.Grains.Imports;

/// <summary>Counts the pictures of imports.</summary>
/// <param name="meters">Creates and owns the meter.</param>
public sealed class ImportMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _pictures = meters.Create(CallMetrics.MeterName).CreateCounter<long>(
        "imagesearch.import.pictures", "{picture}", "Pictures of imports that were stored, or why not, by outcome.");

    internal void Record(Failure? failure) => _pictures.Add(1, new KeyValuePair<string, object?>("outcome", Outcome.Of(failure)));
}
