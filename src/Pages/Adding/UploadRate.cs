namespace ImageSearch.Pages.Adding;

/// <summary>The rate of an upload over its last seconds, and the time that is left at this rate.</summary>
public sealed class UploadRate
{
    // Long enough to be steady, short enough to show a change.
    private const double WindowSeconds = 20;

    private readonly Queue<(double Seconds, int Done)> _reports = new([(0, 0)]);
    private (double Seconds, int Done) _last;

    /// <summary>Pictures per second; null before the first one is done.</summary>
    public double? PerSecond
    {
        get
        {
            var first = _reports.Peek();
            return _last.Done > first.Done && _last.Seconds > first.Seconds ? (_last.Done - first.Done) / (_last.Seconds - first.Seconds) : null;
        }
    }

    /// <summary>Takes a report.</summary>
    /// <param name="seconds">The seconds of sending so far.</param>
    /// <param name="done">The pictures that are done.</param>
    public void Add(double seconds, int done)
    {
        _last = (seconds, done);
        _reports.Enqueue(_last);
        while (seconds - _reports.Peek().Seconds > WindowSeconds) _reports.Dequeue();
    }

    /// <summary>The time for the rest; null if the rate is unknown.</summary>
    public TimeSpan? TimeFor(int pictures) => PerSecond is { } rate ? TimeSpan.FromSeconds(pictures / rate) : null;
}
