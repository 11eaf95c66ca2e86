using System.Buffers;
using System.Security.Cryptography;

namespace ImageSearch.Storage.Backups;

/// <summary>The SHA-256 of a file.</summary>
internal static class FileHash
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Reads a file and computes its hash, in lower-case hexadecimal.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Called after each part with its bytes.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public static async Task<string> OfAsync(string path, Func<long, CancellationToken, ValueTask> read, CancellationToken cancellationToken)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        await using var owned = file.ConfigureAwait(false);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
            {
                hash.AppendData(buffer, 0, count);
                await read(count, cancellationToken).ConfigureAwait(false);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
