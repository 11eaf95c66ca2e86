using System.Diagnostics.Metrics;

namespace ImageSearch.Grains.Tables;

/// <summary>
/// Measures calls of tables by call and outcome. There is no tag for the table: a shop may have thousands, and names are private.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="meters">Creates and owns the meter.</param>
public sealed class CallMetrics(TimeProvider time, IMeterFactory meters)
{
    /// <summary>The name of this project's meter.</summary>
    public const string MeterName = "ImageSearch.Grains";

    private readonly Histogram<double> _duration = meters.Create(MeterName).CreateDuration(
        "imagesearch.table.call.duration", "How long a call of a table took, with its wait for other calls, by call and outcome.");

    /// <summary>The timestamp at which a call begins; null if the duration is not collected.</summary>
    internal long? Begin() => _duration.Enabled ? time.GetTimestamp() : null;

    /// <summary>Awaits a call and records its duration.</summary>
    /// <param name="name">The call's name, in snake case.</param>
    /// <param name="began">The result of <see cref="Begin"/>.</param>
    /// <param name="call">The running call.</param>
    internal Task<Result<T>> MeasureAsync<T>(string name, long? began, Task<Result<T>> call) =>
        began is { } timestamp ? RecordAsync(name, timestamp, call) : call;

    private async Task<Result<T>> RecordAsync<T>(string name, long began, Task<Result<T>> call)
    {
        var outcome = Outcome.Internal;
        try
        {
            var result = await call;
            outcome = Outcome.Of(result.Failure);
            return result;
        }
        catch (OperationCanceledException)
        {
            outcome = Outcome.Cancelled;
            throw;
        }
        finally
        {
            _duration.Record(time.GetElapsedTime(began).TotalSeconds, new("call", name), new("outcome", outcome));
        }
    }
}
