using System.Diagnostics.Metrics;

namespace ImageSearch.Api.V1.Batches;

/// <summary>Counts the operations of batches by result.</summary>
/// <param name="meters">Creates and owns the meter.</param>
internal sealed class BatchMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _operations = meters.Create("ImageSearch.Api").CreateCounter<long>(
        "imagesearch.batch.operations", "{operation}", "Operations of batches by result: created, replaced, skipped, deleted, or the code of a failure.");

    /// <summary>Counts the results of a batch.</summary>
    public void Record(IReadOnlyList<BatchResult> results)
    {
        foreach (var result in results)
            _operations.Add(1, new KeyValuePair<string, object?>("result", result.Problem?.Code ?? result.Effect));
    }
}
