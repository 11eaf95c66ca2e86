namespace ImageSearch.Pages.Tests.Components;

/// <summary>A clock whose timers fire when the test says so, and later ones at once.</summary>
public sealed class HeldTimers : TimeProvider
{
    private readonly TaskCompletionSource _released = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Timeout.InfiniteTimeSpan) _released.Task.ContinueWith(_ => callback(state), TaskScheduler.Default);
        return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Release() => _released.TrySetResult();
}
