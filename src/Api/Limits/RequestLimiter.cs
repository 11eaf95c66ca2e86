using System.Threading.RateLimiting;
using ImageSearch.Api.Settings;

namespace ImageSearch.Api.Limits;

/// <summary>
/// Limits the calls in progress, separately by cost: a hundred calls that wait for slow hosts do not stop one that counts rows. A call
/// above the limit is rejected at once instead of queued.
/// </summary>
internal sealed class RequestLimiter(ServiceSettings settings) : IAsyncDisposable
{
    private readonly ConcurrencyLimiter[] _limiters =
    [
        .. Enum.GetValues<CallCost>().Select(cost => new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = cost switch
            {
                CallCost.Cheap => RequestLimits.MaxCheapCalls,
                CallCost.Fetch => settings.MaxFetches,
                CallCost.Picture => settings.MaxRequests,
                CallCost.Watch => RequestLimits.MaxWatches,
                CallCost.Receive => RequestLimits.MaxReceives,
                CallCost.ReceiveZip => RequestLimits.MaxZips,
                CallCost.Download => RequestLimits.MaxDownloads,
                CallCost.Original => RequestLimits.MaxOriginals,
                _ => RequestLimits.MaxLoads,
            },
            QueueLimit = 0,
        })),
    ];

    /// <summary>Acquires a lease, which the call disposes of when it ends.</summary>
    /// <returns>The lease, or <see cref="FailureCode.Busy"/>.</returns>
    public Result<RateLimitLease> Acquire(CallCost cost)
    {
        var lease = _limiters[(int)cost].AttemptAcquire();
        if (lease.IsAcquired) return lease;
        lease.Dispose();
        return cost switch
        {
            CallCost.Watch => RequestLimits.TooManyWatches,
            CallCost.Receive => RequestLimits.TooManyReceives,
            CallCost.ReceiveZip => RequestLimits.TooManyZips,
            _ => RequestLimits.ServiceBusy,
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var limiter in _limiters) await limiter.DisposeAsync();
    }
}
