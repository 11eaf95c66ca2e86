using ImageSearch.Fetching.Guards;

namespace ImageSearch.Fetching.Tests;

public sealed class PictureFetcherTimeTests
{
    private static Task HangBeforeResponse(RawServer.Connection connection) => connection.HangAsync();

    private static async Task HangInHead(RawServer.Connection connection)
    {
        await connection.WriteAsync("HTTP/1.1 200 OK\r\nX-");
        await connection.HangAsync();
    }

    private static async Task DripBody(RawServer.Connection connection)
    {
        await connection.WriteAsync("HTTP/1.1 200 OK\r\n\r\n");
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (await pace.WaitForNextTickAsync(connection.Stop))
            await connection.WriteAsync("a");
    }

    public static TheoryData<string> Silences => new(nameof(HangBeforeResponse), nameof(HangInHead), nameof(DripBody));

    [Theory]
    [MemberData(nameof(Silences))]
    public async Task A_server_that_does_not_finish_ends_with_the_time_limit(string silence)
    {
        Func<RawServer.Connection, Task> respond = silence switch
        {
            nameof(HangBeforeResponse) => HangBeforeResponse,
            nameof(HangInHead) => HangInHead,
            _ => DripBody,
        };
        await using var server = new RawServer(respond);
        using var fetcher = Fetchers.Allowing(server, new PictureFetchOptions { TimeLimit = TimeSpan.FromMilliseconds(300) });

        var failure = (await fetcher.FetchAsync(server.Url, CancellationToken.None)).Failure.ShouldNotBeNull();

        failure.Code.ShouldBe(FailureCode.UrlTimeout);
        failure.Message.ShouldContain("0.3 s");
    }

    [Fact]
    public async Task The_time_limit_covers_all_redirects_together()
    {
        var time = new ManualTimers();
        await using var server = new RawServer(connection => connection.Path == "/"
            ? connection.WriteAsync("HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            : HangAfterLettingTheLimitPass(connection));
        using var fetcher = Fetchers.Allowing(server, time: time);

        (await fetcher.FetchAsync(server.Url, CancellationToken.None)).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.UrlTimeout);

        Task HangAfterLettingTheLimitPass(RawServer.Connection connection)
        {
            // The first timer is that of the fetch: a redirect must not start a new one.
            time.Fire(0);
            return connection.HangAsync();
        }
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_in_time_ends_with_the_time_limit()
    {
        var resolver = new SilentResolver();
        var time = new ManualTimers();
        using var fetcher = Fetchers.Create(new PictureFetchOptions(), resolver, new TcpDialer(), time);

        var fetch = fetcher.FetchAsync("http://shop.example/", CancellationToken.None);
        time.Fire(0);

        (await fetch).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.UrlTimeout);
    }

    [Fact]
    public async Task A_client_that_disconnects_cancels_its_fetch()
    {
        await using var server = new RawServer(HangBeforeResponse);
        using var fetcher = Fetchers.Allowing(server);
        using var client = new CancellationTokenSource();

        var fetch = fetcher.FetchAsync(server.Url, client.Token);
        await server.Reached.Task;
        await client.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(fetch);
    }

    [Fact]
    public async Task A_fetch_that_gets_no_slot_in_time_is_rejected_as_busy()
    {
        await using var server = new RawServer(HangBeforeResponse);
        var time = new ManualTimers();
        using var fetcher = Fetchers.Allowing(server, new PictureFetchOptions { MaxConcurrent = 1 }, time);
        var first = fetcher.FetchAsync(server.Url, CancellationToken.None);
        await server.Reached.Task;

        var second = fetcher.FetchAsync(server.Url, CancellationToken.None);
        time.Fire(1);

        (await second).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.Busy);
        time.Fire(0);
        (await first).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.UrlTimeout);
    }

    [Fact]
    public async Task A_failed_fetch_frees_its_slot()
    {
        await using var server = new RawServer("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var fetcher = Fetchers.Allowing(server, new PictureFetchOptions { MaxConcurrent = 1 });

        await fetcher.FetchAsync(server.Url, CancellationToken.None);
        var second = await fetcher.FetchAsync(server.Url, CancellationToken.None);

        second.Failure.ShouldNotBeNull().Message.ShouldContain("404");
    }

    private sealed class SilentResolver : IHostResolver
    {
        public async Task<IReadOnlyList<System.Net.IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return [];
        }
    }
}
