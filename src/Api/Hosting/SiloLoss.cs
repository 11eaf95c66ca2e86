namespace ImageSearch.Api.Hosting;

/// <summary>
/// Tells callers that a connection to a silo has ended. Orleans lets a call that was on it wait until it times out, and that of an
/// embedding is long: a costly picture may take its time. Without this a front end left clients without an answer for two minutes when a
/// silo was killed.
/// </summary>
internal sealed class SiloLoss : IClusterConnectionStatusObserver, IDisposable
{
    private CancellationTokenSource _next = new();

    /// <summary>Cancelled when the next connection ends, whichever silo it was to.</summary>
    public CancellationToken Next => Volatile.Read(ref _next).Token;

    public void NotifyGatewayCountChanged(int currentNumberOfGateways, int previousNumberOfGateways, bool connectionRecovered)
    {
        // Not disposed: a caller may be linking its token. Without a timer there is nothing to release.
        if (currentNumberOfGateways < previousNumberOfGateways) Interlocked.Exchange(ref _next, new CancellationTokenSource()).Cancel();
    }

    public void NotifyClusterConnectionLost()
    {
    }

    public void Dispose() => _next.Dispose();
}
