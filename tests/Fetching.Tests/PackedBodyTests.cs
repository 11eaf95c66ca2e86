using System.IO.Compression;
using ImageSearch.Memory;

namespace ImageSearch.Fetching.Tests;

/// <summary>Answers that are compressed though nobody asked for it.</summary>
public sealed class PackedBodyTests
{
    private const int Limit = 1_000_000;

    private static readonly byte[] Picture = [0x89, (byte)'P', (byte)'N', (byte)'G', .. Enumerable.Range(0, 50_000).Select(i => (byte)(i * i >> 3))];

    private static byte[] Pack(byte[] content, Func<Stream, Stream> coding)
    {
        using var packed = new MemoryStream();
        using (var stream = coding(packed)) stream.Write(content);
        return packed.ToArray();
    }

    private static byte[] Pack(byte[] content, string coding) => Pack(content, Coding(coding));

    private static Func<Stream, Stream> Coding(string name) => name switch
    {
        "gzip" => stream => new GZipStream(stream, CompressionLevel.Fastest),
        "zlib" => stream => new ZLibStream(stream, CompressionLevel.Fastest),
        "deflate" => stream => new DeflateStream(stream, CompressionLevel.Fastest),
        _ => stream => new BrotliStream(stream, CompressionLevel.Fastest),
    };

    private static async Task<Result<LoadedPicture>> FetchAsync(byte[] body, string? named, ByteBudget? budget = null)
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.WriteAsync($"HTTP/1.1 200 OK\r\n{(named is null ? "" : $"Content-Encoding: {named}\r\n")}Content-Length: {body.Length}\r\n\r\n");
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
    public async Task A_packed_picture_is_unpacked_whatever_the_answer_says(string codings, string? named) =>
        (await FetchAsync(codings.Split(' ').Aggregate(Picture, Pack), named)).Value!.Content.ToArray().ShouldBe(Picture);

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("gzip, gzip")]
    [InlineData("nonsense")]
    public async Task A_plain_picture_that_is_called_packed_comes_as_it_is(string named) =>
        (await FetchAsync(Picture, named)).Value!.Content.ToArray().ShouldBe(Picture);

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip gzip", "gzip")]
    [InlineData("zlib", "deflate")]
    [InlineData("br", "br")]
    public async Task A_body_that_unpacks_to_more_than_the_limit_is_too_large(string codings, string named)
    {
        var budget = new ByteBudget(32);
        byte[] bomb = [.. Picture.AsSpan(0, 4), .. new byte[20_000_000]];

        var failure = (await FetchAsync(codings.Split(' ').Aggregate(bomb, Pack), named, budget)).Failure;

        failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.UrlTooLarge);
        budget.Free.ShouldBe(budget.Capacity);
    }

    [Fact]
    public async Task A_body_that_is_packed_more_often_than_hosts_do_stays_packed()
    {
        var packed = Enumerable.Repeat("gzip", 5).Aggregate(Picture, Pack);

        (await FetchAsync(packed, "gzip")).Value!.Content.ToArray().ShouldBe(Enumerable.Repeat("gzip", 2).Aggregate(Picture, Pack));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_packed_body_that_is_damaged_or_empty_is_unreachable_and_says_why(bool isEmpty)
    {
        var packed = Pack(Picture, "gzip");
        packed[packed.Length / 2] ^= 0xff;

        var failure = (await FetchAsync(isEmpty ? packed[..11] : packed, "gzip")).Failure.ShouldNotBeNull();

        failure.Code.ShouldBe(FailureCode.UrlUnreachable);
        failure.Message.ShouldContain("compressed");
    }

    [Fact]
    public async Task Of_a_packed_body_that_is_cut_off_comes_what_is_there_for_the_picture_s_reader_to_judge()
    {
        var packed = Pack(Picture, "gzip");

        (await FetchAsync(packed[..^8], "gzip")).Value!.Content.ToArray().ShouldBe(Picture);
        var part = (await FetchAsync(packed[..(packed.Length / 2)], "gzip")).Value!.Content.ToArray();
        part.ShouldBe(Picture[..part.Length]);
    }

    [Fact]
    public async Task Zstd_is_named() =>
        (await FetchAsync([0x28, 0xb5, 0x2f, 0xfd, 4, 0, 1, 0, 0], "zstd")).Failure.ShouldNotBeNull().Message.ShouldContain("zstd");

    [Theory]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Bytes_that_are_neither_a_picture_nor_packed_come_as_they_are(string named) =>
        (await FetchAsync("what this is nobody knows"u8.ToArray(), named)).Value!.Content.ToArray().ShouldBe("what this is nobody knows"u8.ToArray());

    [Fact]
    public async Task A_page_in_a_packed_answer_is_named_as_one() =>
        (await FetchAsync(Pack("<!DOCTYPE html><p>no</p>"u8.ToArray(), "gzip"), "gzip")).Failure.ShouldNotBeNull().Message.ShouldContain("web page");
}
