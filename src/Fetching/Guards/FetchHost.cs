using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace ImageSearch.Fetching.Guards;

/// <summary>The host of a URL in the normalized form in which it is compared, resolved and logged.</summary>
/// <param name="Name">Lower-case ASCII without the trailing dot; an address in its canonical form, without brackets.</param>
/// <param name="Address">The address if the host is written as one, in any notation; null for a name.</param>
internal sealed record FetchHost(string Name, IPAddress? Address)
{
    private const int MaxNameLength = 253;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._");

    /// <summary>The host of an absolute URL; null if it is not valid (zone id, control character, too long).</summary>
    public static FetchHost? Of(Uri uri)
    {
        var name = (uri.IdnHost.EndsWith('.') ? uri.IdnHost[..^1] : uri.IdnHost).ToLowerInvariant();

        // Uri parses the old notations (127.1, octal, hexadecimal, one number), but not with a trailing dot.
        if (IPAddress.TryParse(name, out var address))
            return name.Contains('%') ? null : new FetchHost(Canonical(address).ToString(), Canonical(address));

        var isName = name.Length is > 0 and <= MaxNameLength && !name.AsSpan().ContainsAnyExcept(NameCharacters);
        return isName ? new FetchHost(name, null) : null;
    }

    private static IPAddress Canonical(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 && address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
