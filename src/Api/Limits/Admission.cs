using System.Threading.RateLimiting;
using ImageSearch.Api.Settings;
using Microsoft.AspNetCore.Http.Features;

namespace ImageSearch.Api.Limits;

/// <summary>
/// Takes on as many bytes of bodies, and as many requests, as the service can hold at a time; one more is refused at once instead of
/// queueing without end. Bytes are taken before the body is read and a request's place after it, so that clients that drip hold no place.
/// </summary>
internal sealed class Admission(ServiceSettings settings) : IAsyncDisposable
{
    private readonly ConcurrencyLimiter _requests = Limiter(settings.MaxRequests);
    private readonly ConcurrencyLimiter _kilobytes = Limiter(settings.Sources.BufferMegabytes * 1024);

    /// <summary>Room for a body, to be disposed when the request has been answered; null where there is none.</summary>
    /// <param name="bytes">The announced length, or the longest allowed one where none is announced.</param>
    public RequestPlace? TryEnter(long bytes)
    {
        if (bytes == 0) return new RequestPlace(room: null, _requests);
        var room = _kilobytes.AttemptAcquire((int)((bytes + 1023) / 1024));
        if (room.IsAcquired) return new RequestPlace(room, _requests);
        room.Dispose();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _requests.DisposeAsync();
        await _kilobytes.DisposeAsync();
    }

    private static ConcurrencyLimiter Limiter(int permits) =>
        new(new ConcurrencyLimiterOptions { PermitLimit = permits, QueueLimit = 0 });
}

/// <summary>What one request holds of the service.</summary>
internal sealed class RequestPlace(RateLimitLease? room, RateLimiter requests) : IDisposable
{
    private RateLimitLease? _place;

    /// <summary>The body is there and work begins.</summary>
    /// <exception cref="BusyException">There is no place.</exception>
    public void Begin()
    {
        _place ??= requests.AttemptAcquire();
        if (!_place.IsAcquired) throw new BusyException();
    }

    public void Dispose()
    {
        _place?.Dispose();
        room?.Dispose();
    }

    /// <summary>As <see cref="Begin()"/>, for the request of a context that its edge has admitted.</summary>
    public static void Begin(HttpContext context) => context.Features.GetRequiredFeature<RequestPlace>().Begin();
}
