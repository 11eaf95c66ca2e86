using ImageSearch.Fetching.Guards;

namespace ImageSearch.Fetching.Tests;

public sealed class FetchTargetTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("shop.example/shoe.jpg")]
    [InlineData("/etc/passwd")]
    [InlineData("//shop.example/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://shop.example/x")]
    [InlineData("gopher://shop.example/x")]
    [InlineData("data:image/png;base64,AAAA")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http:/shop.example")]
    [InlineData("http://")]
    [InlineData("http:///x")]
    [InlineData("http://user@shop.example/")]
    [InlineData("http://user:pass@shop.example/")]
    [InlineData("http://shop.example:99999/")]
    [InlineData("http://sh op.example/")]
    [InlineData("http://shop.example/a\r\nHost: b")]
    [InlineData("http://shop.example/\0")]
    [InlineData("http://127%2e0%2e0%2e1/")]
    [InlineData("http://shop.example\\@127.0.0.1/")]
    [InlineData("http://[fe80::1%25eth0]/")]
    [InlineData("http://[::1%251]/")]
    [InlineData("http://a..b/")]
    [InlineData("http://[::1/")]
    public void Anything_but_an_absolute_http_url_without_user_name_is_invalid(string? url) =>
        FetchTarget.Parse(url, FetchAllowList.Empty).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.UrlInvalid);

    [Fact]
    public void A_url_over_the_length_limit_is_invalid() =>
        FetchTarget.Parse("http://shop.example/" + new string('a', 8192), FetchAllowList.Empty)
            .Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.UrlInvalid);

    [Theory]
    [InlineData("é")]
    [InlineData("a.")]
    [InlineData("\ud800")]
    public void A_host_over_the_length_limit_is_invalid(string label) =>
        FetchTarget.Parse($"http://{string.Concat(Enumerable.Repeat(label, 300))}/", FetchAllowList.Empty)
            .Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.UrlInvalid);

    [Theory]
    [InlineData("http://shop.example:22/")]
    [InlineData("http://shop.example:8080/")]
    [InlineData("https://shop.example:6379/")]
    [InlineData("http://shop.example:0/")]
    public void A_port_other_than_80_and_443_is_forbidden(string url) =>
        FetchTarget.Parse(url, FetchAllowList.Empty).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.UrlForbidden);

    [Theory]
    [InlineData("http://shop.example/shoe.jpg", "shop.example")]
    [InlineData("  HTTPS://Shop.Example:443/shoe.jpg#x ", "shop.example")]
    [InlineData("http://shop.example./", "shop.example")]
    [InlineData("https://shop.example:80/", "shop.example")]
    [InlineData("http://bücher.example/", "xn--bcher-kva.example")]
    [InlineData("http://shop。example/", "shop.example")]
    public void A_host_name_is_normalized(string url, string host)
    {
        var target = FetchTarget.Parse(url, FetchAllowList.Empty).Value.ShouldNotBeNull();

        target.Host.ShouldBe(new FetchHost(host, null));
    }

    [Theory]
    [InlineData("http://127.0.0.1/", "127.0.0.1")]
    [InlineData("http://127.1/", "127.0.0.1")]
    [InlineData("http://127.0.0.1./", "127.0.0.1")]
    [InlineData("http://127.1./", "127.0.0.1")]
    [InlineData("http://0x7f000001/", "127.0.0.1")]
    [InlineData("http://0x7f.1./", "127.0.0.1")]
    [InlineData("http://0177.0.0.01/", "127.0.0.1")]
    [InlineData("http://2130706433/", "127.0.0.1")]
    [InlineData("http://127。0。0。1/", "127.0.0.1")]
    [InlineData("http://0/", "0.0.0.0")]
    [InlineData("http://[::1]/", "::1")]
    [InlineData("http://[0:0:0:0:0:0:0:1]/", "::1")]
    [InlineData("http://[::ffff:127.0.0.1]/", "127.0.0.1")]
    [InlineData("http://[::ffff:7f00:1]/", "127.0.0.1")]
    [InlineData("http://[64:ff9b::7f00:1]/", "64:ff9b::7f00:1")]
    public void An_address_is_recognized_in_any_notation(string url, string address) =>
        FetchTarget.Parse(url, FetchAllowList.Empty).Value.ShouldNotBeNull()
            .Host.Address.ShouldNotBeNull().ShouldBe(System.Net.IPAddress.Parse(address));

    [Theory]
    [InlineData("http://images.internal:8080/x", true)]
    [InlineData("http://images.internal/x", false)]
    public void A_target_is_listed_by_host_and_port(string url, bool isListed)
    {
        FetchAllowList.TryParse("images.internal:8080", out var allow, out _).ShouldBeTrue();

        FetchTarget.Parse(url, allow).Value.ShouldNotBeNull().IsListed.ShouldBe(isListed);
    }
}
