namespace ImageSearch.Api.Hosting;

/// <summary>
/// Notifies callers that a connection to a silo has ended. Orleans lets a call on it wait for its timeout, and an embedding's is two
/// minutes, for costly pictures. Clients of a front end would wait that long when a silo is killed.
/// </summary>
internal sealed class SiloLoss : IClusterConnectionStatusObserver, IDisposable
{
    private CancellationTokenSource _next = new();

    /// <summary>Cancelled when the next connection ends, to any silo.</summary>
    public CancellationToken Next => Volatile.Read(ref _next).Token;

    public void NotifyGatewayCountChanged(int currentNumberOfGateways, int previousNumberOfGateways, bool connectionRecovered)
    {
        // Not disposed: a caller may be linking its token. It has no timer, so there is nothing to release.
        if (currentNumberOfGateways < previousNumberOfGateways) Interlocked.Exchange(ref _next, new CancellationTokenSource()).Cancel();
    }

    public void NotifyClusterConnectionLost()
    {
    }

    public void Dispose() => _next.Dispose();
}
