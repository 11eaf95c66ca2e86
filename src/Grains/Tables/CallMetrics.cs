using System.Diagnostics.Metrics;

namespace ImageSearch.Grains.Tables;

/// <summary>Measures the calls of tables, by call and outcome. Never by table: a shop may have thousands, and their names are its own.</summary>
/// <param name="time">The clock.</param>
/// <param name="meters">Makes the meter and owns it.</param>
public sealed class CallMetrics(TimeProvider time, IMeterFactory meters)
{
    /// <summary>The meter of all that this project measures.</summary>
    public const string MeterName = "ImageSearch.Grains";

    private readonly Histogram<double> _duration = meters.Create(MeterName).CreateDuration(
        "imagesearch.table.call.duration", "How long a call of a table took, with its wait for other calls, by call and outcome.");

    /// <summary>When a call begins; null while nobody wants to know.</summary>
    internal long? Begin() => _duration.Enabled ? time.GetTimestamp() : null;

    /// <summary>Waits for a call's end and records it.</summary>
    /// <param name="call">The call's name, in snake case.</param>
    /// <param name="began">What <see cref="Begin"/> gave.</param>
    /// <param name="ending">The call, under way.</param>
    internal Task<Result<T>> MeasureAsync<T>(string call, long? began, Task<Result<T>> ending) =>
        began is { } timestamp ? RecordAsync(call, timestamp, ending) : ending;

    private async Task<Result<T>> RecordAsync<T>(string call, long began, Task<Result<T>> ending)
    {
        var outcome = Outcome.Internal;
        try
        {
            var result = await ending;
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
            _duration.Record(time.GetElapsedTime(began).TotalSeconds, new("call", call), new("outcome", outcome));
        }
    }
}
