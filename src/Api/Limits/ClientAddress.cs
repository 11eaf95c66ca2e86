using System.Net;
using System.Net.Sockets;

namespace ImageSearch.Api.Limits;

/// <summary>What counts as one client: an IPv4 address, or the network of 64 bits that an IPv6 client chooses its addresses from.</summary>
internal static class ClientAddress
{
    private const int NetworkBytes = 8;

    /// <summary>The client behind a connection's remote address; null is one client of its own.</summary>
    public static IPAddress Of(IPAddress? address)
    {
        if (address is null) return IPAddress.None;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[NetworkBytes..].Clear();
        return new IPAddress(bytes);
    }
}
