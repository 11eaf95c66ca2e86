using System.Net;
using ImageSearch.Api.Security;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Api.Tests.Security;

public sealed class TokenTriesTests : IDisposable
{
    private readonly Clock _time = new();
    private readonly TestMeters _meters = new();
    private readonly TokenTries _tries;

    public TokenTriesTests() => _tries = new TokenTries(3, _time, _meters, NullLogger<TokenTries>.Instance);

    [Fact]
    public void An_address_has_its_tries_each_minute_and_is_then_locked_out_for_the_rest_of_it()
    {
        for (var i = 0; i < 3; i++) Wrong("192.0.2.1").ShouldBeNull();
        _time.Advance(TimeSpan.FromSeconds(20));
        Wrong("192.0.2.1").ShouldBe(TimeSpan.FromSeconds(40));
        Wrong("::ffff:192.0.2.1").ShouldNotBeNull();
        Wrong("192.0.2.2").ShouldBeNull();

        _time.Advance(TimeSpan.FromSeconds(40));
        Wrong("192.0.2.1").ShouldBeNull();
    }

    [Fact]
    public void The_addresses_of_an_IPv6_network_are_one_client()
    {
        for (var i = 1; i <= 3; i++) Wrong($"2001:db8:0:1::{i}").ShouldBeNull();
        Wrong("2001:db8:0:1:ffff::9").ShouldNotBeNull();
        Wrong("2001:db8:0:2::1").ShouldBeNull();
    }

    [Fact]
    public void Addresses_are_evicted_after_their_minute_or_when_there_are_too_many()
    {
        for (var i = 0; i < 2 * TokenTries.MaxAddresses; i++) Wrong(new IPAddress(i).ToString());
        _tries.Addresses.ShouldBe(TokenTries.MaxAddresses);

        _time.Advance(TokenTries.Window);
        Wrong("192.0.2.1");
        _tries.Addresses.ShouldBe(1);
    }

    public void Dispose() => _meters.Dispose();

    private TimeSpan? Wrong(string address) => _tries.RecordWrong(IPAddress.Parse(address));
}
