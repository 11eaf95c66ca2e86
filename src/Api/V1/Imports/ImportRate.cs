namespace ImageSearch.Api.V1.Imports;

/// <summary>Pictures per second of an import, over the last <see cref="Window"/>.</summary>
internal sealed class ImportRate
{
    /// <summary>The time over which the rate is an average.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    private readonly Queue<(DateTimeOffset At, long Done)> _samples = new();
    private (DateTimeOffset At, long Done) _last;

    /// <summary>Pictures per second; null before two samples.</summary>
    public double? PerSecond { get; private set; }

    /// <summary>Adds a sample.</summary>
    /// <param name="now">When.</param>
    /// <param name="done">Pictures that are stored or failed.</param>
    public void Add(DateTimeOffset now, long done)
    {
        _samples.Enqueue((now, done));
        _last = (now, done);
        while (_samples.Count > 2 && now - _samples.Peek().At > Window) _samples.Dequeue();
        var seconds = (now - _samples.Peek().At).TotalSeconds;
        PerSecond = seconds > 0 ? (done - _samples.Peek().Done) / seconds : null;
    }

    /// <summary>Seconds until all pictures are done; null if unknown.</summary>
    /// <param name="items">Pictures in the list.</param>
    public double? SecondsLeft(long items) => PerSecond is > 0 and { } rate ? Math.Ceiling((items - _last.Done) / rate) : null;
}
