using ImageSearch.Memory;

namespace ImageSearch.Fetching.Http;

/// <summary>What bodies may take.</summary>
/// <param name="Budget">Counts their bytes.</param>
/// <param name="MaxBytes">The largest body, in bytes.</param>
/// <param name="TooLarge">The answer to a larger one.</param>
internal sealed record BodyLimit(ByteBudget Budget, int MaxBytes, Failure TooLarge)
{
    private const int MinBytes = 1024 * 1024;

    // Endless bodies at a few URLs would otherwise take the room of every upload.
    private const int PartKeptFree = 4;

    /// <summary>Whether a body of this length may grow.</summary>
    public bool MayGrow(int length) => length < MinBytes || Budget.Free >= Budget.Capacity / PartKeptFree;
}

/// <summary>Reads a body to its end or to the limit, whatever its announced length.</summary>
internal static class PictureBody
{
    private static readonly Failure NoRoom =
        new(FailureCode.Busy, "the memory for pictures that are being received is taken; try again in a few seconds");

    /// <summary>Reads at most one byte more than the limit.</summary>
    /// <param name="stream">The body.</param>
    /// <param name="announced">The announced length in bytes; null where none is. It takes no memory before bytes have come.</param>
    /// <param name="limit">What it may take.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The bytes, the limit's failure, or <see cref="FailureCode.Busy"/> where there is no room for them.</returns>
    public static async Task<Result<PictureBuffer>> ReadAsync(
        Stream stream, long? announced, BodyLimit limit, CancellationToken cancellationToken)
    {
        if (announced > limit.MaxBytes) return limit.TooLarge;

        // One byte more, so that the end is seen in a body of exactly the limit.
        var body = new PictureBuffer(limit.Budget, limit.MaxBytes + 1);
        var isWhole = false;
        try
        {
            while (true)
            {
                if (!limit.MayGrow(body.Length) || !body.TryGetMemory(1, out var room)) return NoRoom;
                var read = await stream.ReadAsync(room, cancellationToken);
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
            // Each read has ended here, also a cancelled one.
            if (!isWhole) ((IDisposable)body).Dispose();
        }
    }
}
