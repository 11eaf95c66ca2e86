using System.Threading.RateLimiting;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.Settings;

namespace ImageSearch.Api.Limits;

/// <summary>
/// Limits the calls in progress, separately by cost: a hundred calls that wait for slow hosts do not stop one that counts rows. A call
/// above the limit is rejected at once instead of queued. Among callers the places are shared (<see cref="OwnerShares"/>).
/// </summary>
/// <param name="settings">The limits.</param>
/// <param name="accessor">Finds the caller of the request in progress; null: all calls are of one caller.</param>
internal sealed class RequestLimiter(ServiceSettings settings, IHttpContextAccessor? accessor = null) : IAsyncDisposable
{
    private readonly ConcurrencyLimiter[] _limiters =
        [.. Enum.GetValues<CallCost>().Select(cost => new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = Places(cost, settings), QueueLimit = 0 }))];

    private readonly OwnerShares[] _shares = [.. Enum.GetValues<CallCost>().Select(cost => new OwnerShares(Places(cost, settings)))];

    /// <summary>Acquires a lease, which the call disposes of when it ends.</summary>
    /// <returns>The lease, or <see cref="FailureCode.Busy"/>.</returns>
    public Result<RateLimitLease> Acquire(CallCost cost)
    {
        var owner = accessor?.HttpContext is { } context ? OwnerOf(context, cost) : null;
        var shares = _shares[(int)cost];
        if (!shares.TryTake(owner)) return Refusal(cost);
        var lease = _limiters[(int)cost].AttemptAcquire();
        if (lease.IsAcquired) return new SharedLease(lease, shares, owner);
        lease.Dispose();
        shares.Return(owner);
        return Refusal(cost);
    }

    // The holder of TOKEN is who runs the service; without TOKEN that is anybody. Places for imports and long answers are few, and one
    // client may need them all.
    private string? OwnerOf(HttpContext context, CallCost cost)
    {
        if (Caller.Of(context).Owner is { } key) return key;
        var isShared = settings.Token is null && cost is (CallCost.Cheap or CallCost.Fetch or CallCost.Picture);
        return isShared ? CallerShare.Of(context) : null;
    }

    private static int Places(CallCost cost, ServiceSettings settings) => cost switch
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
    };

    private static Failure Refusal(CallCost cost) => cost switch
    {
        CallCost.Watch => RequestLimits.TooManyWatches,
        CallCost.Receive => RequestLimits.TooManyReceives,
        CallCost.ReceiveZip => RequestLimits.TooManyZips,
        _ => RequestLimits.ServiceBusy,
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var limiter in _limiters) await limiter.DisposeAsync();
    }

    /// <summary>A lease that returns the caller's place as well.</summary>
    private sealed class SharedLease(RateLimitLease lease, OwnerShares shares, string? owner) : RateLimitLease
    {
        private bool _isDisposed;

        public override bool IsAcquired => true;

        public override IEnumerable<string> MetadataNames => lease.MetadataNames;

        public override bool TryGetMetadata(string metadataName, out object? metadata) => lease.TryGetMetadata(metadataName, out metadata);

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (!disposing || _isDisposed) return;
            _isDisposed = true;
            lease.Dispose();
            shares.Return(owner);
        }
    }
}
