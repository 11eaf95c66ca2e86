using ImageSearch.Client;

namespace ImageSearch.Cli.Bench;

/// <summary>Concurrent clients that call a service for a time.</summary>
/// <param name="clients">How many; each sends its next call when the last one is answered.</param>
/// <param name="duration">For how long.</param>
/// <param name="time">The clock.</param>
internal sealed class LoadRun(int clients, TimeSpan duration, TimeProvider time)
{
    /// <summary>Runs the load.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="call">A call; it gets the number of the call.</param>
    /// <param name="cancellationToken">Ends the load.</param>
    public async Task<LoadResult> RunAsync(string name, Func<long, CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        // A wrong table or token is an error at once and not a load of errors.
        await call(0, cancellationToken);
        var latencies = new Latencies();
        var number = 0L;
        var start = time.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => ClientAsync()));
        return LoadResult.Of(name, latencies, clients, time.GetElapsedTime(start));

        async Task ClientAsync()
        {
            while (time.GetElapsedTime(start) < duration)
            {
                var began = time.GetTimestamp();
                try
                {
                    await call(Interlocked.Increment(ref number), cancellationToken);
                    latencies.Add(time.GetElapsedTime(began));
                }
                catch (ImageSearchException)
                {
                    latencies.Fail();
                }
            }
        }
    }
}
