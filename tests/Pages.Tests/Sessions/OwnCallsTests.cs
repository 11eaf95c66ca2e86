using System.Net;
using ImageSearch.Pages.Sessions;
using Microsoft.AspNetCore.Http;

namespace ImageSearch.Pages.Tests.Sessions;

/// <summary>Calls that the pages make for a browser.</summary>
public sealed class OwnCallsTests
{
    private static readonly IPAddress Browser = IPAddress.Parse("192.0.2.7");

    private readonly OwnCalls _calls = new();

    [Fact]
    public void A_call_of_the_pages_has_the_address_of_the_browser()
    {
        var context = Receive(_calls, Browser);
        OwnCalls.Has(context).ShouldBeTrue();
        context.Connection.RemoteIpAddress.ShouldBe(Browser);
    }

    [Fact]
    public void A_call_for_a_browser_without_a_login_keeps_its_address()
    {
        var context = Receive(_calls, null);
        OwnCalls.Has(context).ShouldBeTrue();
        context.Connection.RemoteIpAddress.ShouldBe(IPAddress.Loopback);
    }

    [Fact]
    public void Nobody_else_chooses_an_address()
    {
        var context = Receive(new OwnCalls(), Browser);
        OwnCalls.Has(context).ShouldBeFalse();
        context.Connection.RemoteIpAddress.ShouldBe(IPAddress.Loopback);
    }

    // A call that the pages of one process send to another.
    private DefaultHttpContext Receive(OwnCalls sender, IPAddress? browser)
    {
        using var call = new HttpRequestMessage();
        sender.Add(call.Headers, browser);
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Loopback } };
        foreach (var (name, values) in call.Headers) context.Request.Headers[name] = values.ToArray();
        _calls.Recognize(context);
        return context;
    }
}
