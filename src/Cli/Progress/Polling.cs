using System.Net;
using ImageSearch.Client;

namespace ImageSearch.Cli.Progress;

/// <summary>Follows work of a service that is asked for its state. A service that is busy or away for some seconds is asked again.</summary>
internal static class Polling
{
    private const int MaxUnanswered = 20;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Asks until the work has ended.</summary>
    /// <param name="first">The state at the beginning.</param>
    /// <param name="runs">Whether it goes on.</param>
    /// <param name="ask">Asks for the next state.</param>
    /// <param name="report">Gets each state.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait; the work goes on.</param>
    /// <returns>The last state.</returns>
    public static async Task<T> UntilEndAsync<T>(
        T first, Func<T, bool> runs, Func<CancellationToken, Task<T>> ask, Action<T> report, TimeProvider time, CancellationToken cancellationToken)
    {
        var state = first;
        var unanswered = 0;
        report(state);
        while (runs(state))
        {
            await Task.Delay(Interval, time, cancellationToken);
            try
            {
                state = await ask(cancellationToken);
                unanswered = 0;
            }
            catch (ImageSearchException e) when (IsPassing(e) && ++unanswered < MaxUnanswered)
            {
                continue;
            }

            report(state);
        }

        return state;
    }

    private static bool IsPassing(ImageSearchException exception) => exception
        is ConnectionException
        or ProblemException
        {
            Status: HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout,
        };
}
