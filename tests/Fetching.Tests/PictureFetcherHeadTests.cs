using System.Text;

namespace ImageSearch.Fetching.Tests;

/// <summary>Responses whose heads violate the standard.</summary>
public sealed class PictureFetcherHeadTests
{
    private static async Task<Result<LoadedPicture>> FetchAsync(RawServer server)
    {
        using var fetcher = Fetchers.Allowing(server);
        return await fetcher.FetchAsync(server.Url, CancellationToken.None);
    }

    [Theory]
    [InlineData("no colon\r\n")]
    [InlineData(": no name\r\n")]
    [InlineData("a name: with a space\r\n")]
    [InlineData("X-Space : before the colon\r\n")]
    [InlineData("X(y): z\r\n")]
    [InlineData("商品: x\r\n")]
    [InlineData("X: a\0b\r\n")]
    [InlineData("X: a\rb\r\n")]
    [InlineData("no colon\r\n and its continuation\r\n")]
    [InlineData(" continues nothing\r\n")]
    [InlineData("X: folded\r\n over lines\r\n")]
    [InlineData("X: bare newline\n")]
    [InlineData("X:\r\n")]
    [InlineData("Content-Type: nonsense\r\n")]
    [InlineData("Date: nonsense\r\nExpires: -1\r\nETag: x\"\r\n")]
    [InlineData("Content-Length: 3\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("<html>\r\n")]
    public async Task A_broken_line_does_not_end_the_fetch(string line)
    {
        await using var server = new RawServer(connection => connection.WriteAsync(
            Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\n{line}Content-Length: 3\r\n\r\nabc")));

        (await FetchAsync(server)).Value!.Content.ToArray().ShouldBe("abc"u8.ToArray());
    }

    [Fact]
    public async Task Headers_after_a_broken_line_count()
    {
        await using var server = new RawServer(connection => connection.WriteAsync(connection.Path == "/"
            ? "HTTP/1.1 302 Found\r\nbroken\r\nLocation: /picture\r\n\r\n"
            : "HTTP/1.1 200 OK\r\nbroken\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"));

        (await FetchAsync(server)).Value!.Content.ToArray().ShouldBe("abc"u8.ToArray());
    }

    [Fact]
    public async Task A_head_that_arrives_byte_by_byte_is_read()
    {
        await using var server = new RawServer(async connection =>
        {
            foreach (var each in "HTTP/1.1 200 OK\r\nbroken\r\nContent-Length: 3\r\n\r\nabc") await connection.WriteAsync(each.ToString());
        });

        (await FetchAsync(server)).Value!.Content.ToArray().ShouldBe("abc"u8.ToArray());
    }

    [Theory]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n")]
    [InlineData("HTTP/1.1 103 Early Hints\r\nbroken\r\nLink: </a.css>\r\n\r\n")]
    public async Task An_interim_response_is_skipped(string interim)
    {
        await using var server = new RawServer($"{interim}HTTP/1.1 200 OK\r\nbroken\r\nContent-Length: 3\r\n\r\nabc");

        (await FetchAsync(server)).Value!.Content.ToArray().ShouldBe("abc"u8.ToArray());
    }

    [Fact]
    public async Task Lines_of_the_body_that_look_like_a_head_are_left_alone()
    {
        const string Body = "HTTP/1.1 200 OK\r\nbroken\r\n\r\n";
        await using var server = new RawServer($"HTTP/1.1 200 OK\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");

        (await FetchAsync(server)).Value!.Content.ToArray().ShouldBe(Encoding.ASCII.GetBytes(Body));
    }

    [Theory]
    [InlineData("broken\r\n")]
    [InlineData("X: y\r\n")]
    public async Task An_endless_head_is_dropped_at_the_limit(string line)
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\n");
            while (true) await connection.WriteAsync(string.Concat(Enumerable.Repeat(line, 500)));
        });

        (await FetchAsync(server)).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.UrlUnreachable);
        await server.Abandoned.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
