using System.Threading.RateLimiting;
using ImageSearch.Api.Limits;

namespace ImageSearch.Api.V1.Exports;

/// <summary>The kept pictures of a table that is exported. An original is in memory alone, with a place among those that are sent to clients.</summary>
/// <param name="table">The table.</param>
/// <param name="pictures">Reads them.</param>
/// <param name="limiter">Has the places.</param>
/// <param name="time">Measures waits for a place.</param>
internal sealed class ExportPictures(TableName table, IKeptPictureGrain pictures, RequestLimiter limiter, TimeProvider time)
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(0.2);

    /// <summary>Reads what is kept of rows, with their thumbnails.</summary>
    public Task<Result<IReadOnlyList<RowFiles>>> ListAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        pictures.ListAsync(table, ids, cancellationToken);

    /// <summary>Reads the original of a row; null if the picture was changed since.</summary>
    public Task<Result<KeptPicture?>> FindOriginalAsync(RowFiles row, CancellationToken cancellationToken) =>
        pictures.FindOriginalAsync(table, row.Id, row.Version, cancellationToken);

    /// <summary>Waits for a place: the answer has begun, so it can't be refused.</summary>
    public async Task<RateLimitLease> AcquireAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (limiter.Acquire(CallCost.Download).TryGet(out var lease, out _)) return lease;
            await Task.Delay(Wait, time, cancellationToken);
        }
    }
}
