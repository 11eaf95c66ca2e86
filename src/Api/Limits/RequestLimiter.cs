using System.Threading.RateLimiting;
using ImageSearch.Api.Settings;

namespace ImageSearch.Api.Limits;

/// <summary>What a call mostly costs.</summary>
internal enum CallCost
{
    /// <summary>A look into the catalog: counts, deletes, tables, progress.</summary>
    Cheap,

    /// <summary>The wait for somebody else's server.</summary>
    Fetch,

    /// <summary>The decoding and embedding of a picture.</summary>
    Picture,

    /// <summary>The indexing of a table, minutes or hours.</summary>
    Load,
}

/// <summary>
/// Takes on as many calls as the service can hold at a time, apart by what they cost: a hundred that wait for slow hosts keep none that
/// counts rows from being served. One more than there are places is refused at once instead of queueing without end.
/// </summary>
internal sealed class RequestLimiter(ServiceSettings settings) : IAsyncDisposable
{
    private readonly ConcurrencyLimiter[] _places =
    [
        .. Enum.GetValues<CallCost>().Select(cost => new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = cost switch
            {
                CallCost.Cheap => RequestLimits.MaxCheapCalls,
                CallCost.Fetch => settings.MaxFetches,
                CallCost.Picture => settings.MaxRequests,
                _ => RequestLimits.MaxLoads,
            },
            QueueLimit = 0,
        })),
    ];

    /// <summary>Takes a place, which is given back by disposing of it.</summary>
    /// <exception cref="BusyException">There is none.</exception>
    public IDisposable Enter(CallCost cost)
    {
        var place = _places[(int)cost].AttemptAcquire();
        if (place.IsAcquired) return place;
        place.Dispose();
        throw new BusyException(BusyException.ServiceBusy);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var places in _places) await places.DisposeAsync();
    }
}

/// <summary>The way of endpoints to the places.</summary>
internal static class AdmissionOfCalls
{
    /// <summary>Takes a place for a call; see <see cref="RequestLimiter.Enter"/>.</summary>
    public static IDisposable Enter(this HttpContext context, CallCost cost) => context.RequestServices.GetRequiredService<RequestLimiter>().Enter(cost);
}
