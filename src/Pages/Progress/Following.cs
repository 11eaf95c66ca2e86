using System.Runtime.CompilerServices;

namespace ImageSearch.Pages.Progress;

/// <summary>Follows work that the service does in the background.</summary>
internal static class Following
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>The states of the work, until it has ended.</summary>
    /// <param name="read">Asks for the state.</param>
    /// <param name="isRunning">Whether another state follows.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops following; the work goes on.</param>
    public static async IAsyncEnumerable<T> FollowAsync<T>(
        Func<CancellationToken, Task<T>> read, Func<T, bool> isRunning, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = await read(cancellationToken);
            yield return state;
            if (!isRunning(state)) yield break;
            await Task.Delay(Interval, time, cancellationToken);
        }
    }
}
