using System.Diagnostics.Metrics;
using ImageSearch.Grains.Tables;

namespace ImageSearch.Grains.Imports;

/// <summary>Counts what imports bring in.</summary>
/// <param name="meters">Makes the meter and owns it.</param>
public sealed class ImportMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _pictures = meters.Create(CallMetrics.MeterName).CreateCounter<long>(
        "imagesearch.import.pictures", "{picture}", "Pictures of imports that were stored, or why not, by outcome.");

    internal void Taken(Failure? failure) => _pictures.Add(1, new KeyValuePair<string, object?>("outcome", Outcome.Of(failure)));
}
