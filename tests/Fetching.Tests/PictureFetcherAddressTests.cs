using ImageSearch.Fetching.Guards;

namespace ImageSearch.Fetching.Tests;

public sealed class PictureFetcherAddressTests
{
    private const string Public = "93.184.216.34";

    private const string Picture = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc";

    private static readonly Result<LoadedPicture> Forbidden = FetchFailures.Address;

    [Fact]
    public async Task A_name_is_resolved_once_and_the_address_found_is_dialled()
    {
        await using var server = new RawServer(Picture);
        var resolver = new ScriptedResolver([Public], ["127.0.0.1"]);
        var dialer = new DivertingDialer(server.Port);
        using var fetcher = Fetchers.Create(new PictureFetchOptions(), resolver, dialer);

        var result = await fetcher.FetchAsync("http://rebinding.example/", CancellationToken.None);

        result.Value!.Content.ToArray().ShouldBe("abc"u8.ToArray());
        resolver.Calls.ShouldBe(1);
        dialer.Dialled.ShouldBe([Public]);
    }

    [Fact]
    public async Task A_redirect_to_the_same_name_is_checked_by_its_new_address()
    {
        await using var server = new RawServer("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n");
        var dialer = new DivertingDialer(server.Port);
        using var fetcher = Fetchers.Create(new PictureFetchOptions(), new ScriptedResolver([Public], ["127.0.0.1"]), dialer);

        var result = await fetcher.FetchAsync("http://rebinding.example/", CancellationToken.None);

        result.Failure.ShouldBe(FetchFailures.Address.AfterRedirect());
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_open_connection_is_not_reused_for_a_name_whose_new_address_is_forbidden()
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc");
            await connection.HangAsync();
        });
        using var fetcher = Fetchers.Create(
            new PictureFetchOptions(), new ScriptedResolver([Public], ["10.0.0.1"]), new DivertingDialer(server.Port));

        (await fetcher.FetchAsync("http://rebinding.example/", CancellationToken.None)).Failure.ShouldBeNull();
        (await fetcher.FetchAsync("http://rebinding.example/", CancellationToken.None)).Failure.ShouldBe(FetchFailures.Address);
    }

    public static TheoryData<string> ForbiddenAnswers => new(
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "fd00::1",
        Public + " 127.0.0.1",
        "127.0.0.1 " + Public,
        "2606:4700::1 fe80::1");

    [Theory]
    [MemberData(nameof(ForbiddenAnswers))]
    public async Task A_name_with_an_address_that_is_not_global_is_forbidden_and_nothing_is_dialled(string addresses)
    {
        var dialer = new DivertingDialer(0);
        using var fetcher = Fetchers.Create(new PictureFetchOptions(), new ScriptedResolver(addresses.Split(' ')), dialer);

        var result = await fetcher.FetchAsync("http://shop.example/", CancellationToken.None);

        result.Failure.ShouldBe(FetchFailures.Address);
        dialer.Dialled.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://127.0.0.1./")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0177.1/")]
    [InlineData("http://0/")]
    [InlineData("https://[::1]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::127.0.0.1]/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://127。0。0。1/")]
    [InlineData("http://localhost/")]
    [InlineData("http://localhost./")]
    [InlineData("http://LOCALHOST:443/")]
    [InlineData("http://no-such-host.invalid/")]
    [InlineData("http://①②⑦.⓪.⓪.①.invalid/")]
    public async Task Internal_addresses_in_any_notation_and_unknown_names_get_the_same_failure(string url)
    {
        var dialer = new DivertingDialer(0);
        using var resolver = new SystemHostResolver(1);
        using var fetcher = Fetchers.Create(new PictureFetchOptions(), resolver, dialer);

        (await fetcher.FetchAsync(url, CancellationToken.None)).ShouldBe(Forbidden);
        dialer.Dialled.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_next_address_is_dialled_when_one_does_not_answer()
    {
        await using var server = new RawServer(Picture);
        var dialer = new DivertingDialer(server.Port, unreachable: "2606:4700::1");
        using var fetcher = Fetchers.Create(new PictureFetchOptions(), new ScriptedResolver(["2606:4700::1", Public]), dialer);

        (await fetcher.FetchAsync("http://shop.example/", CancellationToken.None)).Failure.ShouldBeNull();
        dialer.Dialled.ShouldBe(["2606:4700::1", Public]);
    }

    [Fact]
    public async Task A_host_none_of_whose_addresses_answers_is_unreachable()
    {
        var dialer = new DivertingDialer(0, "1.1.1.1", "8.8.8.8");
        using var fetcher = Fetchers.Create(new PictureFetchOptions(), new ScriptedResolver(["1.1.1.1", "8.8.8.8"]), dialer);

        var result = await fetcher.FetchAsync("http://shop.example/", CancellationToken.None);

        result.Failure.ShouldBe(FetchFailures.Unreachable(HttpRequestError.ConnectionError));
    }

    [Theory]
    [InlineData("images.internal")]
    [InlineData("images.internal:80")]
    public async Task A_listed_host_is_fetched_from_at_any_address(string setting)
    {
        await using var server = new RawServer(Picture);
        FetchAllowList.TryParse(setting, out var allow, out _).ShouldBeTrue();
        var dialer = new DivertingDialer(server.Port);
        using var fetcher = Fetchers.Create(new PictureFetchOptions { Allow = allow }, new ScriptedResolver(["10.0.0.1"]), dialer);

        (await fetcher.FetchAsync("http://images.internal/", CancellationToken.None)).Failure.ShouldBeNull();
        dialer.Dialled.ShouldBe(["10.0.0.1"]);
    }

    [Fact]
    public async Task A_listed_host_is_checked_as_any_other_on_a_port_that_is_not_listed()
    {
        FetchAllowList.TryParse("images.internal:8080", out var allow, out _).ShouldBeTrue();
        using var fetcher = Fetchers.Create(
            new PictureFetchOptions { Allow = allow }, new ScriptedResolver(["10.0.0.1"]), new DivertingDialer(0));

        (await fetcher.FetchAsync("http://images.internal/", CancellationToken.None)).Failure.ShouldBe(FetchFailures.Address);
    }

    [Fact]
    public async Task A_listed_host_without_address_is_unreachable()
    {
        FetchAllowList.TryParse("images.internal", out var allow, out _).ShouldBeTrue();
        using var fetcher = Fetchers.Create(new PictureFetchOptions { Allow = allow }, new ScriptedResolver([[]]), new DivertingDialer(0));

        (await fetcher.FetchAsync("http://images.internal/", CancellationToken.None)).Failure.ShouldBe(FetchFailures.NoAddress);
    }
}
