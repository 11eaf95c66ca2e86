namespace ImageSearch.Grains.Duplicates;

/// <summary>
/// Keeps the work of a search for duplicates to a share of one processor: after each slice it rests. Priorities of threads have no effect on
/// Linux.
/// </summary>
/// <param name="share">The share of the time in which it works, above 0; 1 for no rests.</param>
/// <param name="time">The clock.</param>
internal sealed class SearchPace(double share, TimeProvider time)
{
    // Long enough for the timer, which is exact to about a millisecond, and short enough for a search that waits for the processor.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(10);

    private long _began = time.GetTimestamp();

    /// <summary>Rests if the present slice is over.</summary>
    public async ValueTask RestAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var worked = time.GetElapsedTime(_began);
        if (share >= 1 || worked < Slice) return;
        await Task.Delay(worked * ((1 - share) / share), time, cancellationToken);
        _began = time.GetTimestamp();
    }
}
