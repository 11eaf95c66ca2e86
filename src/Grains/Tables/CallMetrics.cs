using System.Diagnostics.Metrics;
using ImageSearch.Grains.Search;

namespace ImageSearch.Grains.Tables;

/// <summary>
/// Measures calls of tables by call and outcome. There is no tag for the table: a shop may have thousands, and names are private.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="meters">Creates and owns the meter.</param>
/// <param name="stages">Measures the stages of calls; null for one of its own.</param>
public sealed class CallMetrics(TimeProvider time, IMeterFactory meters, CallStages? stages = null)
{
    /// <summary>The name of this project's meter.</summary>
    public const string MeterName = "ImageSearch.Grains";

    private readonly Histogram<double> _duration = meters.Create(MeterName).CreateDuration(
        "imagesearch.table.call.duration", "How long a call of a table took, with its wait for other calls, by call and outcome.");

    private readonly Counter<long> _kept = meters.Create(MeterName).CreateCounter<long>(
        "imagesearch.pictures.kept", "By", "Bytes of pictures that were stored with their rows, by kind: thumbnail, original.");

    /// <summary>The stages of calls.</summary>
    internal CallStages Stages { get; } = stages ?? new CallStages(time, meters);

    /// <summary>Records what was stored with a row.</summary>
    internal void RecordKept(PictureVectors? picture)
    {
        if (picture?.Kept is not { } kept) return;
        if (kept.Thumbnail is { } thumbnail) _kept.Add(thumbnail.Bytes.Length, new KeyValuePair<string, object?>("kind", Outcome.Of(PictureKind.Thumbnail)));
        if (kept.Original is { } original) _kept.Add(original.Bytes.Length, new KeyValuePair<string, object?>("kind", Outcome.Of(PictureKind.Original)));
    }

    /// <summary>Begins to measure a search for items.</summary>
    internal SearchStages BeginStages() => new(time);

    /// <summary>Records the stages of a search. A stage that a search did not have is not recorded.</summary>
    internal void RecordStages(SearchStages stages)
    {
        for (var stage = SearchStage.Filter; stage <= SearchStage.Catalog; stage++)
        {
            if (stages.Elapsed(stage) is var elapsed && elapsed > TimeSpan.Zero) Stages.Record(SearchStages.Call, SearchStages.NameOf(stage), elapsed);
        }
    }

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
