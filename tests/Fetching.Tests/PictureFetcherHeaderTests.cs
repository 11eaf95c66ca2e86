using System.Text;
using ImageSearch.Fetching.Http;

namespace ImageSearch.Fetching.Tests;

/// <summary>What is sent to hosts: headers, cookies and redirected URLs.</summary>
public sealed class PictureFetcherHeaderTests
{
    private const string Picture = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc";

    private static async Task<Result<LoadedPicture>> FetchAsync(RawServer server, FetchHeaders? headers = null)
    {
        using var fetcher = Fetchers.Allowing(server, headers is null ? null : new PictureFetchOptions { Headers = headers });
        return await fetcher.FetchAsync(server.Url, CancellationToken.None);
    }

    private static RawServer Redirecting(Func<string, string> location, string more = "") => new(connection => connection.WriteAsync(
        Encoding.Latin1.GetBytes(connection.Path == "/" ? $"HTTP/1.1 302 Found\r\nLocation: {location(connection.Path)}\r\n{more}\r\n" : Picture)));

    [Fact]
    public async Task A_request_has_the_headers_of_a_picture_request_and_names_the_service()
    {
        await using var server = new RawServer(Picture);
        using var activity = new System.Diagnostics.Activity("request of a client").Start();

        await FetchAsync(server);

        server.Requests.ShouldBe(
        [
            $"GET / HTTP/1.1\r\nHost: 127.0.0.1:{server.Port}\r\nUser-Agent: Mozilla/5.0 (compatible; ImageSearch/0.1.0)\r\n"
            + "Accept: image/*,*/*;q=0.8\r\nAccept-Language: en,zh;q=0.9,*;q=0.8\r\nAccept-Encoding: identity\r\n\r\n",
        ]);
    }

    [Theory]
    [InlineData("https://shop.example/page?a=b", "https://shop.example/page?a=b")]
    [InlineData("origin", "http://127.0.0.1:{0}/")]
    public async Task The_settings_determine_the_user_agent_and_the_referer_of_every_request(string setting, string referer)
    {
        await using var server = Redirecting(_ => "/picture");

        await FetchAsync(server, new FetchHeaders("Shop (+https://shop.example/bot) v=1", setting));

        server.Requests.Count.ShouldBe(2);
        foreach (var request in server.Requests)
        {
            request.ShouldContain("\r\nUser-Agent: Shop (+https://shop.example/bot) v=1\r\n");
            request.ShouldContain($"\r\nReferer: {referer.Replace("{0}", server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)}\r\n");
        }
    }

    [Fact]
    public async Task A_host_that_redirects_gets_its_cookie_back()
    {
        await using var server = Redirecting(_ => "/picture", "Set-Cookie: seen=1; Path=/\r\nSet-Cookie: =broken;;=\r\nSet-Cookie: b=é; HttpOnly\r\n");

        (await FetchAsync(server)).Failure.ShouldBeNull();

        server.Requests.First().ShouldNotContain("Cookie:");
        server.Requests.Last().ShouldContain("\r\nCookie: seen=1; b=é\r\n");
    }

    [Fact]
    public async Task A_cookie_is_sent_to_no_other_host_even_if_it_is_set_for_the_whole_domain()
    {
        await using var server = new RawServer(connection => connection.WriteAsync(connection.Path switch
        {
            "/" => "HTTP/1.1 302 Found\r\nLocation: http://b.shop.example/next\r\nSet-Cookie: a=1; Domain=shop.example\r\nSet-Cookie: c=1\r\n\r\n",
            "/next" => "HTTP/1.1 302 Found\r\nLocation: http://a.shop.example/picture\r\nSet-Cookie: b=1; Domain=a.shop.example\r\n\r\n",
            _ => Picture,
        }));
        using var fetcher = Fetchers.Create(new PictureFetchOptions(), new ScriptedResolver(["93.184.216.34"]), new DivertingDialer(server.Port));

        (await fetcher.FetchAsync("http://a.shop.example/", CancellationToken.None)).Failure.ShouldBeNull();

        var requests = server.Requests.ToArray();
        requests[1].ShouldNotContain("Cookie:");
        requests[2].ShouldContain("Cookie: ");
        requests[2].ShouldNotContain("b=1");
    }

    [Fact]
    public async Task A_cookie_is_not_kept_after_its_fetch()
    {
        await using var server = Redirecting(_ => "/picture", "Set-Cookie: seen=1; Path=/; Max-Age=9999\r\n");
        using var fetcher = Fetchers.Allowing(server);

        await fetcher.FetchAsync(server.Url, CancellationToken.None);
        await fetcher.FetchAsync(server.Url, CancellationToken.None);

        server.Requests.ElementAt(2).ShouldNotContain("Cookie:");
    }

    [Fact]
    public async Task At_most_20_cookies_are_sent_back()
    {
        await using var server = Redirecting(
            _ => "/picture", string.Concat(Enumerable.Range(0, 200).Select(i => $"Set-Cookie: c{i}={new string('x', 30)}; Path=/\r\n")));

        (await FetchAsync(server)).Failure.ShouldBeNull();

        server.Requests.Last().Split("=xxx").Length.ShouldBeInRange(2, 21);
    }

    // The bytes of the header as characters: GBK, UTF-8, and partly percent-encoded UTF-8.
    [Theory]
    [InlineData("/\u00c9\u00cc\u00c6\u00b7.png", "/%C9%CC%C6%B7.png")]
    [InlineData("/\u00e5\u0095\u0086.png?q=\u00e5\u0095\u0086", "/%E5%95%86.png?q=%E5%95%86")]
    [InlineData("/a%20b/\u00e9", "/a%20b/%E9")]
    [InlineData("/a b.png", "/a%20b.png")]
    [InlineData("/%c9%cc", "/%c9%cc")]
    [InlineData(" /picture ", "/picture")]
    public async Task The_bytes_of_a_location_are_kept(string location, string path)
    {
        await using var server = Redirecting(_ => location);

        (await FetchAsync(server)).Failure.ShouldBeNull();

        server.Requests.Last().Split(' ')[1].ShouldBe(path, StringCompareShould.IgnoreCase);
    }

    [Fact]
    public async Task A_host_name_in_a_location_is_read_as_UTF_8()
    {
        var location = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes("http://bücher.example/ü"));
        await using var server = Redirecting(_ => location);
        using var fetcher = Fetchers.Create(new PictureFetchOptions(), new ScriptedResolver(["93.184.216.34"]), new DivertingDialer(server.Port));

        (await fetcher.FetchAsync("http://shop.example/", CancellationToken.None)).Failure.ShouldBeNull();

        server.Requests.Last().ShouldStartWith("GET /%C3%BC HTTP/1.1\r\nHost: xn--bcher-kva.example\r\n");
    }

    [Theory]
    [InlineData("http://\u00c9\u00cc.example/")]
    [InlineData("//\u00c9\u00cc\u00c6\u00b7/x")]
    public async Task A_location_whose_host_name_is_in_another_encoding_is_rejected(string location)
    {
        var dialer = new DivertingDialer(0);
        RedirectLocation.Read(location).ShouldBe(location);
        await using var server = Redirecting(_ => location);
        dialer = new DivertingDialer(server.Port);
        using var fetcher = Fetchers.Create(new PictureFetchOptions(), new ScriptedResolver(["93.184.216.34"], []), dialer);

        (await fetcher.FetchAsync("http://shop.example/", CancellationToken.None)).Failure.ShouldBe(FetchFailures.Address.AfterRedirect());
        dialer.Dialled.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData('a')]
    [InlineData('商')]
    public async Task A_url_of_8192_characters_is_fetched(char filling)
    {
        await using var server = new RawServer(Picture);
        using var fetcher = Fetchers.Allowing(server);
        var url = server.Url + "?token=";

        (await fetcher.FetchAsync(url + new string(filling, 8192 - url.Length), CancellationToken.None)).Failure.ShouldBeNull();
        (await fetcher.FetchAsync(url + new string(filling, 8193 - url.Length), CancellationToken.None)).Failure!.Message.ShouldContain("longer than 8192");
    }

    [Fact]
    public async Task A_redirect_to_a_url_of_8192_characters_is_followed()
    {
        await using var server = Redirecting(_ => "/?token=" + new string('a', 8192 - 8));

        (await FetchAsync(server)).Failure.ShouldBeNull();
    }
}
