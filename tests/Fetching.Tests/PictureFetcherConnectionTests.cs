using System.Net.Sockets;

namespace ImageSearch.Fetching.Tests;

/// <summary>Hosts that close connections unexpectedly.</summary>
public sealed class PictureFetcherConnectionTests
{
    private const string Picture = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc";
    private const string Redirect = "HTTP/1.1 302 Found\r\nLocation: /picture\r\nContent-Length: 0\r\n\r\n";

    private static async Task<Result<LoadedPicture>> FetchAsync(RawServer server)
    {
        using var fetcher = Fetchers.Allowing(server);
        return await fetcher.FetchAsync(server.Url, CancellationToken.None);
    }

    // The server reads no second request from a connection.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_redirect_is_followed_where_a_connection_serves_one_request(bool staysOpen)
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.WriteAsync(connection.Path == "/" ? Redirect : Picture);
            if (staysOpen) await connection.HangAsync();
        });

        (await FetchAsync(server)).Value!.Content.ToArray().ShouldBe("abc"u8.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fetches_follow_one_another_where_a_connection_serves_one_request(bool staysOpen)
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.WriteAsync(Picture);
            if (staysOpen) await connection.HangAsync();
        });
        using var fetcher = Fetchers.Allowing(server);

        for (var i = 0; i < 20; i++) (await fetcher.FetchAsync(server.Url, CancellationToken.None)).Failure.ShouldBeNull();
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    public async Task A_request_dropped_before_the_first_byte_of_a_response_is_sent_again_on_another_connection(int drops, bool isReset)
    {
        var connections = 0;
        await using var server = new RawServer(connection =>
        {
            if (Interlocked.Increment(ref connections) > drops) return connection.WriteAsync(Picture);
            if (isReset) connection.Client.LingerState = new LingerOption(true, 0);
            return Task.CompletedTask;
        });

        (await FetchAsync(server)).Value!.Content.ToArray().ShouldBe("abc"u8.ToArray());
        server.Requests.Count.ShouldBe(drops + 1);
    }

    [Fact]
    public async Task A_host_that_always_drops_the_connection_is_tried_three_times()
    {
        await using var server = new RawServer(_ => Task.CompletedTask);

        (await FetchAsync(server)).Failure.ShouldBe(FetchFailures.Unreachable(HttpRequestError.ResponseEnded));
        server.Requests.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("H")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab")]
    public async Task A_request_is_not_repeated_after_the_first_byte_of_a_response(string start)
    {
        await using var server = new RawServer(start);

        (await FetchAsync(server)).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.UrlUnreachable);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_retry_dials_the_addresses_that_were_checked()
    {
        var connections = 0;
        await using var server = new RawServer(
            connection => Interlocked.Increment(ref connections) == 1 ? Task.CompletedTask : connection.WriteAsync(Picture));
        var resolver = new ScriptedResolver(["93.184.216.34"], ["127.0.0.1"]);
        var dialer = new DivertingDialer(server.Port);
        using var fetcher = Fetchers.Create(new PictureFetchOptions(), resolver, dialer);

        (await fetcher.FetchAsync("http://shop.example/", CancellationToken.None)).Failure.ShouldBeNull();
        resolver.Calls.ShouldBe(1);
        dialer.Dialled.ShouldBe(["93.184.216.34", "93.184.216.34"]);
    }
}
