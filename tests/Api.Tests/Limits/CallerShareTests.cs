using System.Net;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Security.Access;
using Microsoft.AspNetCore.Http;

namespace ImageSearch.Api.Tests.Limits;

/// <summary>Clients without an API key share the places by their address.</summary>
public sealed class CallerShareTests
{
    private static readonly IPAddress Shop = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Other = IPAddress.Parse("192.0.2.2");

    [Fact]
    public async Task One_address_leaves_the_last_quarter_to_others()
    {
        var accessor = new HttpContextAccessor();
        await using var limiter = RequestLimiterTests.Of(accessor, ("MAX_FETCHES", "100"));

        Calls(accessor, limiter, Shop, 100).ShouldBe(75);
        Calls(accessor, limiter, Other, 100).ShouldBe(25);
    }

    [Fact]
    public async Task The_holder_of_TOKEN_may_take_all_places()
    {
        var accessor = new HttpContextAccessor();
        await using var limiter = RequestLimiterTests.Of(accessor, ("MAX_FETCHES", "100"), ("TOKEN", "secret"));

        Calls(accessor, limiter, Shop, 100).ShouldBe(100);
    }

    [Fact]
    public async Task One_address_may_take_all_places_of_imports()
    {
        var accessor = new HttpContextAccessor { HttpContext = From(Shop) };
        await using var limiter = RequestLimiterTests.Of(accessor);

        Enumerable.Range(0, RequestLimits.MaxZips).Count(_ => limiter.Acquire(CallCost.ReceiveZip).Failure is null).ShouldBe(RequestLimits.MaxZips);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8::1", "2001:db8::2", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    public void A_share_is_that_of_an_address(string one, string other, bool isSame) =>
        (CallerShare.Of(From(IPAddress.Parse(one))) == CallerShare.Of(From(IPAddress.Parse(other)))).ShouldBe(isSame);

    private static int Calls(HttpContextAccessor accessor, RequestLimiter limiter, IPAddress client, int count)
    {
        accessor.HttpContext = From(client);
        return Enumerable.Range(0, count).Count(_ => limiter.Acquire(CallCost.Fetch).Failure is null);
    }

    private static DefaultHttpContext From(IPAddress client)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = client } };
        context.Features.Set(Caller.Master);
        return context;
    }
}
