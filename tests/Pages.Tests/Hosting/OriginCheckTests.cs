using ImageSearch.Pages.Hosting;
using Microsoft.AspNetCore.Http;

namespace ImageSearch.Pages.Tests.Hosting;

/// <summary>Which requests may come from a page.</summary>
public sealed class OriginCheckTests
{
    [Theory]
    [InlineData("POST", null, null, true)]
    [InlineData("POST", "same-origin", "http://shop.example:5000", true)]
    [InlineData("POST", null, "http://shop.example:5000", true)]
    [InlineData("POST", null, "HTTP://SHOP.EXAMPLE:5000", true)]
    [InlineData("POST", null, "http://shop.example", false)]
    [InlineData("POST", null, "http://shop.example:5001", false)]
    [InlineData("POST", null, "http://blog.shop.example:5000", false)]
    [InlineData("POST", null, "null", false)]
    [InlineData("POST", "same-site", "http://shop.example:5000", false)]
    [InlineData("POST", "cross-site", null, false)]
    [InlineData("GET", "cross-site", null, true)]
    public void A_request_that_changes_something_comes_from_the_same_origin(string method, string? site, string? origin, bool isAllowed) =>
        OriginCheck.Allows(Request(method, "shop.example:5000", site, origin)).ShouldBe(isAllowed);

    [Fact]
    public void A_proxy_with_TLS_may_change_the_scheme() =>
        OriginCheck.Allows(Request("POST", "shop.example", "same-origin", "https://shop.example")).ShouldBeTrue();

    [Theory]
    [InlineData("http://shop.example:5000", true)]
    [InlineData("http://shop.example:5001", false)]
    public void A_WebSocket_comes_from_the_same_origin(string origin, bool isAllowed)
    {
        var request = Request("GET", "shop.example:5000", null, origin);
        request.Headers.Upgrade = "websocket";
        OriginCheck.Allows(request).ShouldBe(isAllowed);
    }

    private static HttpRequest Request(string method, string host, string? site, string? origin)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Host) = (method, new HostString(host));
        if (site is not null) request.Headers["Sec-Fetch-Site"] = site;
        if (origin is not null) request.Headers.Origin = origin;
        return request;
    }
}
