namespace ImageSearch.Client.Tests.Faults;

/// <summary>A clock whose waits end at once and are kept; timers that are longer than a wait never fire.</summary>
internal sealed class RecordingClock : TimeProvider
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(60);

    private readonly List<TimeSpan> _waits = [];

    /// <summary>The waits so far.</summary>
    public IReadOnlyList<TimeSpan> Waits => _waits;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= Shortest || dueTime < TimeSpan.Zero) return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        _waits.Add(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
