using System.Globalization;

namespace ImageSearch.Cli.Progress;

/// <summary>Progress for logs: a line every five seconds with the rate and the remaining time. A short run prints none.</summary>
internal sealed class ProgressLines(string title, TextWriter output, TimeProvider time, string unit = "rows") : IProgress<WorkState>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly long _started = time.GetTimestamp();
    private readonly Lock _lock = new();
    private TimeSpan _next = Interval;

    public void Report(WorkState value)
    {
        lock (_lock)
        {
            var elapsed = time.GetElapsedTime(_started);
            if (elapsed < _next) return;
            _next = elapsed + Interval;
            output.WriteLine(Line(value, elapsed));
        }
    }

    private string Line(WorkState state, TimeSpan elapsed)
    {
        var remaining = state.Fraction > 0 ? elapsed * ((1 - state.Fraction) / state.Fraction) : (TimeSpan?)null;
        var shown = remaining is { } time ? FormattableString.Invariant($"{Math.Max(0, time.TotalSeconds):0} s left") : "time left unknown";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{title}: {(state.Stage is null ? "" : state.Stage + ", ")}{Math.Floor(state.Fraction * 100):0} %, {state.Rows} {unit}, "
            + $"{state.Rows / elapsed.TotalSeconds:0} {unit}/s, {(state.Failed > 0 ? $"{state.Failed} failed, " : "")}{shown}");
    }
}
