using System.Buffers;
using ImageSearch.Api.Limits;
using Microsoft.Win32.SafeHandles;

namespace ImageSearch.Api.V1.Imports.Zips;

/// <summary>A body in a file without a name, which ends with it.</summary>
/// <param name="file">The file.</param>
/// <param name="spare">Bytes that may still be written to its disk.</param>
internal sealed class UploadedFile(SafeFileHandle file, Func<long> spare) : IDisposable
{
    private const int BufferBytes = 128 * 1024;

    // Bodies that arrive side by side use at most this much more than the space that each of them has seen.
    private const long BytesPerCheck = 16 << 20;

    /// <summary>The failure of a ZIP for which the disk has no space.</summary>
    public static Failure Full { get; } = new(
        FailureCode.Busy, "the disk of the service has no space left for the ZIP: send a smaller one, or free some space there", RetryAfterSeconds: 60);

    /// <summary>Its length in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Whether the disk has space for a picture, which the catalog on the same disk stores beside the ZIP.</summary>
    public bool HasSpaceFor(long bytes) => spare() >= bytes;

    /// <summary>Writes a body into it.</summary>
    /// <param name="request">The request; each read of its body has <see cref="RequestLimits.BodyDeadline"/>.</param>
    /// <param name="time">Measures the deadline.</param>
    /// <returns>Null, or why it could not be written.</returns>
    /// <exception cref="BadHttpRequestException">The body broke off.</exception>
    /// <exception cref="OperationCanceledException">The body was too slow, or the client is gone.</exception>
    public async Task<Failure?> ReceiveAsync(HttpRequest request, TimeProvider time)
    {
        if (request.ContentLength > spare()) return Full;
        using var deadline = new ItemDeadline(time, request.HttpContext.RequestAborted);
        await using var body = new TimedBody(request.Body, deadline.Token);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (var allowed = 0L; ;)
            {
                var count = await deadline.RunAsync(() => body.ReadAsync(buffer));
                if (count == 0) return null;
                if (allowed < count)
                {
                    if (spare() < BytesPerCheck) return Full;
                    allowed = BytesPerCheck;
                }

                if (!await TryWriteAsync(buffer.AsMemory(0, count))) return Full;
                allowed -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads bytes; fewer than asked for only at the end.</summary>
    public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = 0;
        while (read < buffer.Length)
        {
            var count = await RandomAccess.ReadAsync(file, buffer[read..], offset + read, cancellationToken);
            if (count == 0) break;
            read += count;
        }

        return read;
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    // False: the disk is full or broken.
    private async ValueTask<bool> TryWriteAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await RandomAccess.WriteAsync(file, bytes, Length, CancellationToken.None);
            Length += bytes.Length;
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
