using System.Threading.RateLimiting;

namespace ImageSearch.Embedding.Pictures;

/// <summary>
/// The memory that all decoding together may take, by its own estimate: a picture waits, first come first served, until those before
/// it leave it enough. One that is estimated above the whole budget gets all of it.
/// </summary>
internal sealed class DecodeMemory : IDisposable
{
    private const int BytesPerPermit = 1024;

    private readonly ConcurrencyLimiter _limiter;
    private readonly int _permits;

    internal DecodeMemory(int megabytes)
    {
        _permits = checked(megabytes * (1024 * 1024 / BytesPerPermit));
        _limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = _permits,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            // The number of waiting pictures is bounded before they come here.
            QueueLimit = int.MaxValue,
        });
    }

    /// <summary>Bytes that are free now.</summary>
    internal long FreeBytes => _limiter.GetStatistics()!.CurrentAvailablePermits * BytesPerPermit;

    /// <summary>Waits for memory.</summary>
    /// <param name="bytes">The estimate.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The memory, to be disposed of when the picture is decoded.</returns>
    internal async ValueTask<IDisposable> TakeAsync(long bytes, CancellationToken cancellationToken)
    {
        var permits = (int)Math.Clamp((bytes + BytesPerPermit - 1) / BytesPerPermit, 1, _permits);
        var lease = await _limiter.AcquireAsync(permits, cancellationToken).ConfigureAwait(false);
        return lease.IsAcquired ? lease : throw new InvalidOperationException("more pictures wait for memory than the limiter counts");
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();
}
