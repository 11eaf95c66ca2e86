using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ImageSearch;

/// <summary>
/// Measures the stages of searches and writes of items: a histogram by call and stage, and a span for each if traces are collected. Neither
/// has a text of a client. If nothing is collected, a stage costs a timestamp.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="meters">Creates and owns the meter.</param>
public sealed class CallStages(TimeProvider time, IMeterFactory meters)
{
    /// <summary>The name of the spans' source.</summary>
    public const string SourceName = "ImageSearch.Stages";

    private static readonly ActivitySource Source = new(SourceName);

    private readonly Histogram<double> _duration = meters.Create("ImageSearch.Calls").CreateDuration(
        "imagesearch.stage.duration", "The time of a stage of a search or a write of items, by call and stage.");

    /// <summary>Begins a stage, which ends when the result is disposed.</summary>
    /// <param name="call">The call, in snake case.</param>
    /// <param name="stage">The stage, in snake case.</param>
    public Running Begin(string call, string stage) => new(this, call, stage, time.GetTimestamp());

    /// <summary>Begins a span of a stage; null if no traces are collected.</summary>
    public static Activity? BeginSpan(string call, string stage) => Source.StartActivity(stage)?.SetTag("call", call);

    /// <summary>Records the time of a stage that had several parts.</summary>
    public void Record(string call, string stage, TimeSpan elapsed)
    {
        if (_duration.Enabled) _duration.Record(elapsed.TotalSeconds, new("call", call), new("stage", stage));
    }

    /// <summary>A stage that has begun.</summary>
    public readonly struct Running : IDisposable
    {
        private readonly CallStages _stages;
        private readonly string _call;
        private readonly string _stage;
        private readonly long _began;
        private readonly Activity? _span;

        internal Running(CallStages stages, string call, string stage, long began)
        {
            (_stages, _call, _stage, _began) = (stages, call, stage, began);
            _span = BeginSpan(call, stage);
        }

        /// <summary>Ends the stage.</summary>
        public void Dispose()
        {
            _span?.Dispose();
            _stages.Record(_call, _stage, _stages.Elapsed(_began));
        }
    }

    private TimeSpan Elapsed(long began) => time.GetElapsedTime(began);
}
