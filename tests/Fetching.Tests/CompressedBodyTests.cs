using System.IO.Compression;
using ImageSearch.Memory;

namespace ImageSearch.Fetching.Tests;

/// <summary>Responses that are compressed although the request asked for identity.</summary>
public sealed class CompressedBodyTests
{
    private const int Limit = 1_000_000;

    private static readonly byte[] Picture = [0x89, (byte)'P', (byte)'N', (byte)'G', .. Enumerable.Range(0, 50_000).Select(i => (byte)(i * i >> 3))];

    private static byte[] Compress(byte[] content, Func<Stream, Stream> coding)
    {
        using var compressed = new MemoryStream();
        using (var stream = coding(compressed)) stream.Write(content);
        return compressed.ToArray();
    }

    private static byte[] Compress(byte[] content, string coding) => Compress(content, Coding(coding));

    private static Func<Stream, Stream> Coding(string name) => name switch
    {
        "gzip" => stream => new GZipStream(stream, CompressionLevel.Fastest),
        "zlib" => stream => new ZLibStream(stream, CompressionLevel.Fastest),
        "deflate" => stream => new DeflateStream(stream, CompressionLevel.Fastest),
        _ => stream => new BrotliStream(stream, CompressionLevel.Fastest),
    };

    private static async Task<Result<LoadedPicture>> FetchAsync(byte[] body, string? declared, ByteBudget? budget = null)
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.WriteAsync($"HTTP/1.1 200 OK\r\n{(declared is null ? "" : $"Content-Encoding: {declared}\r\n")}Content-Length: {body.Length}\r\n\r\n");
            await connection.WriteAsync(body);
        });
        using var fetcher = Fetchers.Allowing(server, new PictureFetchOptions { MaxBytes = Limit }, budget: budget);
        return await fetcher.FetchAsync(server.Url, CancellationToken.None);
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip", "x-gzip")]
    [InlineData("gzip", null)]
    [InlineData("gzip", "identity")]
    [InlineData("gzip", "deflate")]
    [InlineData("zlib", "deflate")]
    [InlineData("zlib", null)]
    [InlineData("deflate", "deflate")]
    [InlineData("deflate", "Deflate")]
    [InlineData("br", "br")]
    [InlineData("gzip gzip", "gzip, gzip")]
    [InlineData("gzip gzip", null)]
    [InlineData("br gzip", "br, gzip")]
    [InlineData("deflate gzip", "deflate, gzip")]
    public async Task A_compressed_picture_is_decompressed_whatever_the_response_declares(string codings, string? declared) =>
        (await FetchAsync(codings.Split(' ').Aggregate(Picture, Compress), declared)).Value!.Content.ToArray().ShouldBe(Picture);

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("gzip, gzip")]
    [InlineData("nonsense")]
    public async Task A_plain_picture_that_is_declared_as_compressed_is_unchanged(string declared) =>
        (await FetchAsync(Picture, declared)).Value!.Content.ToArray().ShouldBe(Picture);

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip gzip", "gzip")]
    [InlineData("zlib", "deflate")]
    [InlineData("br", "br")]
    public async Task A_body_that_decompresses_to_more_than_the_limit_is_too_large(string codings, string declared)
    {
        var budget = new ByteBudget(32);
        byte[] bomb = [.. Picture.AsSpan(0, 4), .. new byte[20_000_000]];

        var failure = (await FetchAsync(codings.Split(' ').Aggregate(bomb, Compress), declared, budget)).Failure;

        failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.UrlTooLarge);
        budget.Free.ShouldBe(budget.Capacity);
    }

    [Fact]
    public async Task A_body_is_decompressed_at_most_three_times()
    {
        var compressed = Enumerable.Repeat("gzip", 5).Aggregate(Picture, Compress);

        (await FetchAsync(compressed, "gzip")).Value!.Content.ToArray().ShouldBe(Enumerable.Repeat("gzip", 2).Aggregate(Picture, Compress));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_damaged_or_empty_compressed_body_is_unreachable_and_says_why(bool isEmpty)
    {
        var compressed = Compress(Picture, "gzip");
        compressed[compressed.Length / 2] ^= 0xff;

        var failure = (await FetchAsync(isEmpty ? compressed[..11] : compressed, "gzip")).Failure.ShouldNotBeNull();

        failure.Code.ShouldBe(FailureCode.UrlUnreachable);
        failure.Message.ShouldContain("compressed");
    }

    [Fact]
    public async Task A_truncated_compressed_body_is_decompressed_as_far_as_it_goes()
    {
        var compressed = Compress(Picture, "gzip");

        (await FetchAsync(compressed[..^8], "gzip")).Value!.Content.ToArray().ShouldBe(Picture);
        var part = (await FetchAsync(compressed[..(compressed.Length / 2)], "gzip")).Value!.Content.ToArray();
        part.ShouldBe(Picture[..part.Length]);
    }

    [Fact]
    public async Task Zstd_is_named() =>
        (await FetchAsync([0x28, 0xb5, 0x2f, 0xfd, 4, 0, 1, 0, 0], "zstd")).Failure.ShouldNotBeNull().Message.ShouldContain("zstd");

    [Theory]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Bytes_that_are_neither_a_picture_nor_compressed_are_unchanged(string declared) =>
        (await FetchAsync("an unknown format"u8.ToArray(), declared)).Value!.Content.ToArray().ShouldBe("an unknown format"u8.ToArray());

    [Fact]
    public async Task A_compressed_web_page_is_named() =>
        (await FetchAsync(Compress("<!DOCTYPE html><p>no</p>"u8.ToArray(), "gzip"), "gzip")).Failure.ShouldNotBeNull().Message.ShouldContain("web page");
}
