using ImageSearch.Fetching.Guards;

namespace ImageSearch.Fetching.Tests;

public sealed class FetchAllowListTests
{
    [Theory]
    [InlineData("images.internal:8080", "images.internal", 8080, true)]
    [InlineData("images.internal:8080", "images.internal", 80, false)]
    [InlineData("images.internal", "images.internal", 80, true)]
    [InlineData("images.internal", "images.internal", 443, true)]
    [InlineData("images.internal", "images.internal", 8080, false)]
    [InlineData("images.internal", "other.images.internal", 80, false)]
    [InlineData(" a:1 , Images.INTERNAL.:80 ,", "images.internal", 80, true)]
    [InlineData("127.0.0.1:5000", "127.0.0.1", 5000, true)]
    [InlineData("127.1:5000", "127.0.0.1", 5000, true)]
    [InlineData("[::1]:5000", "::1", 5000, true)]
    [InlineData("[0:0::1]", "::1", 443, true)]
    [InlineData("[::ffff:127.0.0.1]", "127.0.0.1", 80, true)]
    [InlineData("bücher.internal", "xn--bcher-kva.internal", 80, true)]
    [InlineData("", "a", 80, false)]
    [InlineData(null, "a", 80, false)]
    public void An_entry_allows_its_host_on_its_ports_only(string? setting, string host, int port, bool allowed)
    {
        FetchAllowList.TryParse(setting, out var list, out _).ShouldBeTrue();

        list.Contains(host, port).ShouldBe(allowed);
    }

    [Theory]
    [InlineData("a:0")]
    [InlineData("a:65536")]
    [InlineData("a:x")]
    [InlineData("a:")]
    [InlineData("a: 80")]
    [InlineData("http://a")]
    [InlineData("a/b")]
    [InlineData("u@a")]
    [InlineData("a?b")]
    [InlineData("::1")]
    [InlineData("*")]
    [InlineData("ok,[fe80::1%251]")]
    public void A_wrong_entry_is_named(string setting)
    {
        FetchAllowList.TryParse(setting, out _, out var problem).ShouldBeFalse();

        problem.ShouldStartWith($"FETCH_ALLOW: '{setting.Split(',')[^1]}'");
    }
}
