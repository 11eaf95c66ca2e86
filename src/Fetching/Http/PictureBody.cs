using ImageSearch.Memory;

namespace ImageSearch.Fetching.Http;

/// <summary>Limits of bodies.</summary>
/// <param name="Budget">Counts their bytes.</param>
/// <param name="MaxBytes">The largest body, in bytes.</param>
/// <param name="TooLarge">The failure for a larger one.</param>
internal sealed record BodyLimit(ByteBudget Budget, int MaxBytes, Failure TooLarge)
{
    private const int MinBytes = 1024 * 1024;

    // A quarter of the budget stays free for uploads: endless bodies from a few URLs would otherwise use all of it.
    private const int ReservedFraction = 4;

    /// <summary>Whether a body of this length is allowed to grow.</summary>
    public bool CanGrow(int length) => length < MinBytes || Budget.Free >= Budget.Capacity / ReservedFraction;
}

/// <summary>Reads a body to its end or to the limit, regardless of its announced length.</summary>
internal static class PictureBody
{
    private static readonly Failure NoMemory =
        new(FailureCode.Busy, "the memory for pictures that are being received is taken; try again in a few seconds");

    /// <summary>Reads at most one byte more than the limit.</summary>
    /// <param name="stream">The body.</param>
    /// <param name="announced">The announced length in bytes; null if there is none. No memory is reserved for it.</param>
    /// <param name="limit">Its limits.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The bytes, the limit's failure, or <see cref="FailureCode.Busy"/> if there is no memory for them.</returns>
    public static async Task<Result<PictureBuffer>> ReadAsync(
        Stream stream, long? announced, BodyLimit limit, CancellationToken cancellationToken)
    {
        if (announced > limit.MaxBytes) return limit.TooLarge;

        // One byte more, to detect the end of a body of exactly the limit.
        var body = new PictureBuffer(limit.Budget, limit.MaxBytes + 1);
        var isWhole = false;
        try
        {
            while (true)
            {
                if (!limit.CanGrow(body.Length) || !body.TryGetMemory(1, out var free)) return NoMemory;
                var read = await stream.ReadAsync(free, cancellationToken);
                if (read == 0)
                {
                    isWhole = true;
                    return body;
                }

                body.Advance(read);
                if (body.Length > limit.MaxBytes) return limit.TooLarge;
            }
        }
        finally
        {
            // No read is in flight here, not even a cancelled one.
            if (!isWhole) ((IDisposable)body).Dispose();
        }
    }
}
