using System.Net;
using System.Net.Sockets;

namespace ImageSearch.Fetching.Guards;

/// <summary>
/// Distinguishes public internet addresses from all others, according to the special-purpose registries of IANA (October 2025).
/// </summary>
/// <remarks>
/// An IPv6 address must be in 2000::/3, the only block allocated for global unicast. For addresses that embed an IPv4 address: mapped
/// (::ffff:0:0/96) and NAT64's well-known prefix (64:ff9b::/96) are checked by their IPv4 address, because an IPv6-only machine reaches
/// IPv4 hosts through the latter; 6to4, Teredo, ISATAP, IPv4-compatible and NAT64's local prefix are always rejected.
/// </remarks>
internal static class GlobalAddress
{
    private static readonly IPNetwork[] NotGlobalV4 = Networks(
        "0.0.0.0/8", // this network
        "10.0.0.0/8", // private
        "100.64.0.0/10", // carrier-grade NAT
        "127.0.0.0/8", // loopback
        "168.63.129.16/32", // in a global block, but a service of the platform on every Azure machine
        "169.254.0.0/16", // link-local, cloud metadata
        "172.16.0.0/12", // private
        "192.0.0.0/24", // protocol assignments; its two global anycast addresses serve no pictures
        "192.0.2.0/24", // documentation
        "192.88.99.0/24", // 6to4 relays
        "192.168.0.0/16", // private
        "198.18.0.0/15", // benchmarks
        "198.51.100.0/24", // documentation
        "203.0.113.0/24", // documentation
        "224.0.0.0/4", // multicast
        "240.0.0.0/4"); // reserved, broadcast

    private static readonly IPNetwork[] NotGlobalV6 = Networks(
        "2001::/23", // protocol assignments: Teredo, benchmarks, ORCHID
        "2001:db8::/32", // documentation
        "2002::/16", // 6to4
        "3fff::/20"); // documentation

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Whether the address is a public internet address.</summary>
    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return Is(address.MapToIPv4());
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return !IsIn(NotGlobalV4, address);

        var bytes = address.GetAddressBytes();
        return Nat64.Contains(address)
            ? Is(new IPAddress(bytes.AsSpan(12)))
            : GlobalUnicast.Contains(address) && !IsIn(NotGlobalV6, address) && !IsIsatap(bytes);
    }

    // The second half of an ISATAP address is 0000:5efe or 0200:5efe and an IPv4 address, under any prefix.
    private static bool IsIsatap(ReadOnlySpan<byte> bytes) =>
        (bytes[8] & ~2) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == 0xfe;

    private static bool IsIn(IPNetwork[] networks, IPAddress address) => Array.Exists(networks, network => network.Contains(address));

    private static IPNetwork[] Networks(params string[] texts) => [.. texts.Select(IPNetwork.Parse)];
}
