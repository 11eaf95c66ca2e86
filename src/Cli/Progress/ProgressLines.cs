using System.Globalization;

namespace ImageSearch.Cli.Progress;

/// <summary>Progress for logs: a line every few seconds with rate and time left, so that a short run prints none.</summary>
internal sealed class ProgressLines(string what, TextWriter output, TimeProvider time) : IProgress<WorkState>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly long _started = time.GetTimestamp();
    private readonly Lock _gate = new();
    private TimeSpan _next = Interval;

    public void Report(WorkState value)
    {
        lock (_gate)
        {
            var elapsed = time.GetElapsedTime(_started);
            if (elapsed < _next) return;
            _next = elapsed + Interval;
            output.WriteLine(Line(value, elapsed));
        }
    }

    private string Line(WorkState state, TimeSpan elapsed)
    {
        var left = state.Fraction > 0 ? elapsed * ((1 - state.Fraction) / state.Fraction) : (TimeSpan?)null;
        var shown = left is { } time ? FormattableString.Invariant($"{Math.Max(0, time.TotalSeconds):0} s left") : "time left unknown";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {Math.Floor(state.Fraction * 100):0} %, {state.Rows} rows, {state.Rows / elapsed.TotalSeconds:0} rows/s, {shown}");
    }
}
