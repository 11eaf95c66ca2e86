using System.Threading.RateLimiting;
using ImageSearch.Api.Settings;

namespace ImageSearch.Api.Limits;

/// <summary>
/// Takes on as many requests, and as many bytes of bodies, as the service can hold at a time; one more is refused at once instead of
/// queueing without end. A body counts with its announced length, or with the longest allowed one where it announces none.
/// </summary>
internal sealed class Admission(ServiceSettings settings) : IAsyncDisposable
{
    private readonly ConcurrencyLimiter _requests = Limiter(settings.MaxRequests);
    private readonly ConcurrencyLimiter _kilobytes = Limiter(settings.MaxRequestMegabytes * 1024);

    /// <summary>A place for the request, to be disposed when it has been answered; null where there is none.</summary>
    public IDisposable? TryEnter(long? contentLength)
    {
        var request = _requests.AttemptAcquire();
        if (!request.IsAcquired) return null;
        var bytes = _kilobytes.AttemptAcquire((int)((contentLength ?? RequestLimits.MaxBodyBytes) / 1024) + 1);
        if (bytes.IsAcquired) return new Place(request, bytes);
        request.Dispose();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _requests.DisposeAsync();
        await _kilobytes.DisposeAsync();
    }

    private static ConcurrencyLimiter Limiter(int permits) =>
        new(new ConcurrencyLimiterOptions { PermitLimit = permits, QueueLimit = 0 });

    private sealed class Place(RateLimitLease request, RateLimitLease bytes) : IDisposable
    {
        public void Dispose()
        {
            bytes.Dispose();
            request.Dispose();
        }
    }
}
