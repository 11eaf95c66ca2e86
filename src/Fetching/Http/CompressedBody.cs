using System.IO.Compression;
using System.IO.Pipelines;
using ImageSearch.Memory;

namespace ImageSearch.Fetching.Http;

/// <summary>
/// Decompresses bodies that a host compressed although the request asked for identity. The coding is detected from the bytes: some hosts
/// declare a coding that they did not apply, or apply one without declaring it. Raw deflate and Brotli have no signature, so they are tried
/// if the response declares them.
/// </summary>
internal static class CompressedBody
{
    // "gzip, gzip" occurs in practice; more is a decompression bomb.
    private const int MaxLayers = 3;

    private static readonly Failure Damaged = new(
        FailureCode.UrlUnreachable, "url's host sent a compressed answer that is cut off or damaged; try again or send the picture itself");

    private static readonly Failure Zstandard = new(
        FailureCode.PictureTypeUnknown, "url's host compressed its answer with zstd though it was not asked to; send the picture itself");

    private enum Coding
    {
        None,
        Gzip,
        Zlib,
        Deflate,
        Brotli,
        Zstandard,
    }

    /// <summary>Decompresses a body and takes ownership of it.</summary>
    /// <param name="body">The bytes as received.</param>
    /// <param name="declared">The codings that the response declares.</param>
    /// <param name="limit">Limits of the decompressed bytes.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The decompressed bytes; the same buffer if they were not compressed.</returns>
    public static async Task<Result<PictureBuffer>> DecompressAsync(
        PictureBuffer body, IReadOnlyCollection<string> declared, BodyLimit limit, CancellationToken cancellationToken)
    {
        var isReturned = false;
        try
        {
            for (var depth = 0; depth < MaxLayers; depth++)
            {
                var coding = CodingOf(body.Content.Span, declared);
                if (coding == Coding.Zstandard) return Zstandard;
                if (coding == Coding.None) break;
                if (await DecompressLayerAsync(coding, body, limit, cancellationToken) is not { } layer)
                {
                    if (coding == Coding.Gzip) return Damaged;
                    break; // Not compressed after all.
                }

                if (!layer.TryGet(out var inner, out var failure)) return failure;
                if (inner.Length == 0 || (coding is Coding.Deflate or Coding.Brotli && !IsKnown(inner.Content.Span)))
                {
                    ((IDisposable)inner).Dispose();
                    if (coding == Coding.Gzip) return Damaged;
                    break;
                }

                ((IDisposable)body).Dispose();
                body = inner;
            }

            isReturned = true;
            return body;
        }
        finally
        {
            if (!isReturned) ((IDisposable)body).Dispose();
        }
    }

    private static Coding CodingOf(ReadOnlySpan<byte> bytes, IReadOnlyCollection<string> declared) => bytes switch
    {
        [0x1f, 0x8b, 0x08, ..] => Coding.Gzip,
        [0x78, var flags, ..] when (0x7800 + flags) % 31 == 0 => Coding.Zlib,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Coding.Zstandard,
        _ when IsPicture(bytes) => Coding.None,
        _ when declared.Contains("deflate", StringComparer.OrdinalIgnoreCase) => Coding.Deflate,
        _ when declared.Contains("br", StringComparer.OrdinalIgnoreCase) => Coding.Brotli,
        _ => Coding.None,
    };

    // JPEG, PNG, GIF, WebP, BMP, TIFF in both byte orders, AVIF and HEIC: enough to leave pictures that are not compressed alone.
    private static bool IsPicture(ReadOnlySpan<byte> bytes) => bytes
        is [0xff, 0xd8, 0xff, ..] or [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..]
        or [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] or [(byte)'B', (byte)'M', ..] or [(byte)'I', (byte)'I', 42, 0, ..]
        or [(byte)'M', (byte)'M', 0, 42, ..] or [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..];

    // Random bytes can be valid raw deflate.
    private static bool IsKnown(ReadOnlySpan<byte> bytes) =>
        IsPicture(bytes) || CodingOf(bytes, []) != Coding.None || TextResponse.Check(bytes) is not null;

    // Null if the bytes are not in this coding. On the thread pool: it can take 0.2 s, and the caller may be a turn of a grain.
    private static async Task<Result<PictureBuffer>?> DecompressLayerAsync(
        Coding coding, PictureBuffer body, BodyLimit limit, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run<Result<PictureBuffer>>(
                async () =>
                {
                    var compressed = PipeReader.Create(new System.Buffers.ReadOnlySequence<byte>(body.Content)).AsStream();
                    await using var decompressing = Decompressing(coding, compressed);
                    return await PictureBody.ReadAsync(decompressing, null, limit, cancellationToken);
                },
                cancellationToken);
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException or IOException)
        {
            return null;
        }
    }

    private static Stream Decompressing(Coding coding, Stream compressed) => coding switch
    {
        Coding.Gzip => new GZipStream(compressed, CompressionMode.Decompress),
        Coding.Zlib => new ZLibStream(compressed, CompressionMode.Decompress),
        Coding.Deflate => new DeflateStream(compressed, CompressionMode.Decompress),
        _ => new BrotliStream(compressed, CompressionMode.Decompress),
    };
}
