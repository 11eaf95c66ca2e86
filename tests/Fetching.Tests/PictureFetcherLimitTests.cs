using ImageSearch.Fetching.Guards;

namespace ImageSearch.Fetching.Tests;

public sealed class PictureFetcherLimitTests
{
    private const int Limit = 100_000;

    private static async Task<Result<LoadedPicture>> FetchAsync(RawServer server)
    {
        using var fetcher = Fetchers.Allowing(server, new PictureFetchOptions { MaxBytes = Limit });
        return await fetcher.FetchAsync(server.Url, CancellationToken.None);
    }

    [Theory]
    [InlineData("Content-Length: 3\r\n\r\nabc")]
    [InlineData("Content-Length: 3\r\nContent-Type: text/html\r\n\r\nabc")]
    [InlineData("\r\nabc")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")]
    [InlineData("Content-Length: 3\r\n\r\nabcdef")]
    public async Task A_small_body_in_any_framing_is_returned(string response)
    {
        await using var server = new RawServer("HTTP/1.1 200 OK\r\nConnection: close\r\n" + response);

        (await FetchAsync(server)).Value!.Content.ToArray().ShouldBe("abc"u8.ToArray());
    }

    [Fact]
    public async Task A_body_of_exactly_the_limit_is_returned()
    {
        await using var server = new RawServer($"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{new string('a', Limit)}");

        (await FetchAsync(server)).Value!.Content.Length.ShouldBe(Limit);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("Content-Length: 100001\r\n\r\n")]
    public async Task A_body_one_byte_over_the_limit_is_too_large(string framing)
    {
        await using var server = new RawServer($"HTTP/1.1 200 OK\r\nConnection: close\r\n{framing}{new string('a', Limit + 1)}");

        (await FetchAsync(server)).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.UrlTooLarge);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nfffffff\r\n")]
    [InlineData("Content-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n")]
    public async Task An_endless_body_is_dropped_at_the_limit(string framing)
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\n" + framing);
            while (true)
                await connection.WriteAsync(new byte[4096]);
        });

        (await FetchAsync(server)).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.UrlTooLarge);
        await server.Abandoned.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task An_announced_length_over_the_limit_is_rejected_without_reading_the_body()
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n");
            await connection.HangAsync();
        });

        (await FetchAsync(server)).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.UrlTooLarge);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "broke off")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc", "broke off")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", "HTTP")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "HTTP")]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "404")]
    [InlineData("HTTP/1.1 206 Partial\r\nContent-Length: 3\r\n\r\nabc", "206")]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", "204")]
    [InlineData("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", "500")]
    [InlineData("HTTP/1.1 304 Not Modified\r\n\r\n", "304")]
    public async Task A_response_without_a_picture_is_unreachable_and_says_why(string response, string reason)
    {
        await using var server = new RawServer(response);

        var failure = (await FetchAsync(server)).Failure.ShouldNotBeNull();

        failure.Code.ShouldBe(FailureCode.UrlUnreachable);
        failure.Message.ShouldContain(reason);
    }

    [Fact]
    public async Task Headers_over_their_limit_are_unreachable()
    {
        await using var server = new RawServer($"HTTP/1.1 200 OK\r\nX: {new string('x', 20_000)}\r\nContent-Length: 0\r\n\r\n");

        (await FetchAsync(server)).Failure.ShouldNotBeNull().Message.ShouldContain("headers");
    }

    [Fact]
    public async Task A_reset_connection_is_unreachable()
    {
        await using var server = new RawServer(connection =>
        {
            connection.Client.LingerState = new System.Net.Sockets.LingerOption(true, 0);
            return Task.CompletedTask;
        });

        (await FetchAsync(server)).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.UrlUnreachable);
    }

    [Fact]
    public async Task A_closed_port_is_unreachable_without_naming_address_or_cause()
    {
        var server = new RawServer(string.Empty);
        using var fetcher = Fetchers.Allowing(server);
        var url = server.Url;
        await server.DisposeAsync();

        var failure = (await fetcher.FetchAsync(url, CancellationToken.None)).Failure.ShouldNotBeNull();

        failure.Code.ShouldBe(FailureCode.UrlUnreachable);
        failure.Message.ShouldNotContain("127.");
        failure.Message.ShouldNotContain("refused");
    }

    [Fact]
    public void No_proxy_is_used_and_the_protocol_is_limited_to_checked_addresses()
    {
        using var connection = new GuardedConnection(new PictureFetchOptions(), new TcpDialer(), TimeProvider.System, []);
        using var handler = connection.Handler();
        using var request = GuardedConnection.Request(new Uri("https://shop.example/"));

        handler.UseProxy.ShouldBeFalse();
        (request.Version, request.VersionPolicy).ShouldBe((new Version(1, 1), HttpVersionPolicy.RequestVersionExact));
    }

    [Fact]
    public async Task Log_lines_contain_the_host_and_nothing_else_of_the_url()
    {
        await using var server = new RawServer("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        var logger = new LineLogger();
        FetchAllowList.TryParse($"127.0.0.1:{server.Port}", out var allow, out _).ShouldBeTrue();
        using var fetcher = Fetchers.Create(
            new PictureFetchOptions { Allow = allow }, new ScriptedResolver([[]]), new TcpDialer(), logger: logger);

        await fetcher.FetchAsync($"{server.Url}private?signature=secret", CancellationToken.None);

        logger.Lines.ShouldBe(["Fetch from 127.0.0.1 ended with UrlUnreachable"]);
    }
}
