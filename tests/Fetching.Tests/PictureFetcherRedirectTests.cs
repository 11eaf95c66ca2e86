using ImageSearch.Fetching.Guards;

namespace ImageSearch.Fetching.Tests;

public sealed class PictureFetcherRedirectTests
{
    private static RawServer Redirecting(string location, int status = 302, string more = "") => new(connection =>
        connection.WriteAsync(connection.Path == "/"
            ? $"HTTP/1.1 {status} Moved\r\nLocation: {location}\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n"
            : "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc"));

    private static async Task<Result<LoadedPicture>> FetchAsync(RawServer server)
    {
        using var fetcher = Fetchers.Allowing(server);
        return await fetcher.FetchAsync(server.Url, CancellationToken.None);
    }

    [Theory]
    [InlineData("/picture", 301)]
    [InlineData("picture", 302)]
    [InlineData("/picture", 303)]
    [InlineData("?picture", 307)]
    [InlineData("/picture#part", 308)]
    public async Task A_redirect_on_the_same_host_is_followed(string location, int status)
    {
        await using var server = Redirecting(location, status);

        (await FetchAsync(server)).Value!.Content.ToArray().ShouldBe("abc"u8.ToArray());
    }

    [Fact]
    public async Task A_redirect_to_another_allowed_host_is_followed()
    {
        await using var last = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc");
        await using var first = Redirecting($"//localhost:{last.Port}/picture");
        FetchAllowList.TryParse($"127.0.0.1:{first.Port},localhost:{last.Port}", out var allow, out _).ShouldBeTrue();
        using var resolver = new SystemHostResolver(1);
        using var fetcher = Fetchers.Create(new PictureFetchOptions { Allow = allow }, resolver, new TcpDialer());

        (await fetcher.FetchAsync(first.Url, CancellationToken.None)).Value!.Content.ToArray().ShouldBe("abc"u8.ToArray());
    }

    [Theory]
    [InlineData("http://127.0.0.1/", FailureCode.UrlForbidden)]
    [InlineData("http://127.0.0.1:22/", FailureCode.UrlForbidden)]
    [InlineData("http://169.254.169.254/latest/meta-data/", FailureCode.UrlForbidden)]
    [InlineData("//10.0.0.1/", FailureCode.UrlForbidden)]
    [InlineData("http://localhost/", FailureCode.UrlForbidden)]
    [InlineData("http://[::1]/", FailureCode.UrlForbidden)]
    [InlineData("http://shop.example:22/", FailureCode.UrlForbidden)]
    [InlineData("file:///etc/passwd", FailureCode.UrlInvalid)]
    [InlineData("ftp://shop.example/", FailureCode.UrlInvalid)]
    [InlineData("http://u:p@shop.example/", FailureCode.UrlInvalid)]
    [InlineData("http://", FailureCode.UrlInvalid)]
    public async Task A_redirect_is_checked_like_a_url(string location, FailureCode code)
    {
        await using var server = Redirecting(location);

        var failure = (await FetchAsync(server)).Failure.ShouldNotBeNull();

        failure.Code.ShouldBe(code);
        failure.Message.ShouldStartWith("url is redirected");
    }

    [Fact]
    public async Task A_redirect_without_location_is_unreachable()
    {
        await using var server = new RawServer("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n");

        (await FetchAsync(server)).Failure.ShouldBe(FetchFailures.NoLocation);
    }

    [Theory]
    [InlineData(null, 5, true)]
    [InlineData(null, 6, false)]
    [InlineData(0, 0, true)]
    [InlineData(0, 1, false)]
    [InlineData(20, 20, true)]
    public async Task Redirects_are_followed_up_to_the_setting_or_five(int? setting, int redirects, bool succeeds)
    {
        await using var server = new RawServer(connection =>
        {
            var hop = connection.Path.Length - 1;
            return connection.WriteAsync(hop < redirects
                ? $"HTTP/1.1 302 Found\r\nLocation: {connection.Path}x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        using var fetcher = Fetchers.Allowing(server, setting is { } limit ? new PictureFetchOptions { RedirectLimit = limit } : null);

        (await fetcher.FetchAsync(server.Url, CancellationToken.None)).Failure.ShouldBe(succeeds ? null : FetchFailures.TooManyRedirects);
        server.Requests.Count.ShouldBe(succeeds ? redirects + 1 : redirects);
    }

    [Fact]
    public void A_redirect_from_https_to_http_is_forbidden()
    {
        var target = FetchTarget.Parse("https://shop.example/", FetchAllowList.Empty).Value.ShouldNotBeNull();

        target.Redirect("http://shop.example/", FetchAllowList.Empty).Failure.ShouldBe(FetchFailures.Downgrade);
        target.Redirect("//shop.example/x", FetchAllowList.Empty).Failure.ShouldBeNull();
    }
}
