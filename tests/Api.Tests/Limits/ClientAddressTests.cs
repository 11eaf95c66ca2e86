using System.Net;
using ImageSearch.Api.Limits;

namespace ImageSearch.Api.Tests.Limits;

public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("192.0.2.7", "192.0.2.7")]
    public void A_client_is_an_address_or_an_ipv6_network(string address, string client) =>
        ClientAddress.Of(IPAddress.Parse(address)).ShouldBe(IPAddress.Parse(client));
}
