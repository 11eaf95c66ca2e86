using System.Net;
using System.Net.Sockets;

namespace ImageSearch.Api.Limits;

/// <summary>Identifies a client: its IPv4 address, or the /64 network from which an IPv6 client picks its addresses.</summary>
internal static class ClientAddress
{
    private const int NetworkBytes = 8;

    /// <summary>The client of a connection's remote address; all connections without one are a single client.</summary>
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
