using System.IO.Compression;
using System.IO.Pipelines;
using ImageSearch.Memory;

namespace ImageSearch.Fetching.Http;

/// <summary>
/// Unpacks what a host compressed though it was not asked to. The bytes decide: hosts name codings that they did not apply, and apply some
/// without a word. Raw deflate and Brotli have no mark of their own, so those are tried where the answer names them.
/// </summary>
internal static class PackedBody
{
    // "gzip, gzip" is met in the field; more is a bomb.
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

    /// <summary>Unpacks a body, of which it takes possession.</summary>
    /// <param name="body">The bytes as they came.</param>
    /// <param name="named">The codings that the answer names.</param>
    /// <param name="limit">What the unpacked bytes may take.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The innermost bytes; the same ones where they were not packed.</returns>
    public static async Task<Result<PictureBuffer>> UnpackAsync(
        PictureBuffer body, IReadOnlyCollection<string> named, BodyLimit limit, CancellationToken cancellationToken)
    {
        var isDone = false;
        try
        {
            for (var layer = 0; layer < MaxLayers; layer++)
            {
                var coding = CodingOf(body.Content.Span, named);
                if (coding == Coding.Zstandard) return Zstandard;
                if (coding == Coding.None) break;
                if (await OpenAsync(coding, body, limit, cancellationToken) is not { } opened)
                {
                    if (coding == Coding.Gzip) return Damaged;
                    break; // It only looked like it.
                }

                if (!opened.TryGet(out var inner, out var failure)) return failure;
                if (inner.Length == 0 || (coding is Coding.Deflate or Coding.Brotli && !IsKnown(inner.Content.Span)))
                {
                    ((IDisposable)inner).Dispose();
                    if (coding == Coding.Gzip) return Damaged;
                    break;
                }

                ((IDisposable)body).Dispose();
                body = inner;
            }

            isDone = true;
            return body;
        }
        finally
        {
            if (!isDone) ((IDisposable)body).Dispose();
        }
    }

    private static Coding CodingOf(ReadOnlySpan<byte> bytes, IReadOnlyCollection<string> named) => bytes switch
    {
        [0x1f, 0x8b, 0x08, ..] => Coding.Gzip,
        [0x78, var flags, ..] when (0x7800 + flags) % 31 == 0 => Coding.Zlib,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Coding.Zstandard,
        _ when IsPicture(bytes) => Coding.None,
        _ when named.Contains("deflate", StringComparer.OrdinalIgnoreCase) => Coding.Deflate,
        _ when named.Contains("br", StringComparer.OrdinalIgnoreCase) => Coding.Brotli,
        _ => Coding.None,
    };

    // JPEG, PNG, GIF, WebP, BMP, TIFF in both byte orders, AVIF and HEIC: enough to leave alone what is not packed.
    private static bool IsPicture(ReadOnlySpan<byte> bytes) => bytes
        is [0xff, 0xd8, 0xff, ..] or [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..]
        or [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] or [(byte)'B', (byte)'M', ..] or [(byte)'I', (byte)'I', 42, 0, ..]
        or [(byte)'M', (byte)'M', 0, 42, ..] or [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..];

    // Noise may pass for raw deflate.
    private static bool IsKnown(ReadOnlySpan<byte> bytes) =>
        IsPicture(bytes) || CodingOf(bytes, []) != Coding.None || AnswerText.Refuse(bytes) is not null;

    // Null: it is not packed so. On a thread of its own: it may take a fifth of a second, and the caller may be a grain's turn.
    private static async Task<Result<PictureBuffer>?> OpenAsync(
        Coding coding, PictureBuffer body, BodyLimit limit, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run<Result<PictureBuffer>>(
                async () =>
                {
                    var packed = PipeReader.Create(new System.Buffers.ReadOnlySequence<byte>(body.Content)).AsStream();
                    await using var unpacking = Unpacking(coding, packed);
                    return await PictureBody.ReadAsync(unpacking, null, limit, cancellationToken);
                },
                cancellationToken);
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException or IOException)
        {
            return null;
        }
    }

    private static Stream Unpacking(Coding coding, Stream packed) => coding switch
    {
        Coding.Gzip => new GZipStream(packed, CompressionMode.Decompress),
        Coding.Zlib => new ZLibStream(packed, CompressionMode.Decompress),
        Coding.Deflate => new DeflateStream(packed, CompressionMode.Decompress),
        _ => new BrotliStream(packed, CompressionMode.Decompress),
    };
}
