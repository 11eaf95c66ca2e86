using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ImageSearch.Fetching.Guards;

/// <summary>The hosts and ports that are fetched from at any address, internal ones included. Setting FETCH_ALLOW.</summary>
public sealed class FetchAllowList
{
    private readonly HashSet<(string Host, int Port)> _entries = [];

    /// <summary>The empty list.</summary>
    public static FetchAllowList Empty { get; } = new();

    /// <summary>
    /// Reads a list such as <c>images.internal:8080, cdn.internal, [fd00::5]:80</c>; an entry without a port allows 80 and 443.
    /// </summary>
    /// <param name="text">The value of the setting; null and empty give the empty list.</param>
    /// <param name="list">The list; null if an entry is wrong.</param>
    /// <param name="problem">A sentence that names the setting and the wrong entry; null if there is none.</param>
    /// <returns>Whether all entries are valid.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out FetchAllowList? list, [NotNullWhen(false)] out string? problem)
    {
        (list, problem) = (new FetchAllowList(), null);
        foreach (var entry in (text ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (list.TryAdd(entry))
                continue;
            list = null;
            problem = $"FETCH_ALLOW: '{entry}' is not host or host:port with a port of 1..65535 (an IPv6 address needs brackets)";
            return false;
        }

        return true;
    }

    /// <summary>Whether the list contains this host with this port.</summary>
    /// <param name="host">The host in the form of <see cref="FetchHost"/>.</param>
    /// <param name="port">The port, 1..65535.</param>
    internal bool Contains(string host, int port) => _entries.Contains((host, port));

    private bool TryAdd(string entry)
    {
        // A colon within brackets belongs to an IPv6 address.
        var colon = entry.LastIndexOf(':');
        var hasPort = colon > entry.LastIndexOf(']');
        var port = 0;
        if (hasPort && !(int.TryParse(entry.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port)
            && port is >= 1 and <= 65535))
            return false;
        if (!Uri.TryCreate($"http://{(hasPort ? entry[..colon] : entry)}/", UriKind.Absolute, out var uri)
            || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0 || !uri.IsDefaultPort || FetchHost.Of(uri) is not { } host)
            return false;

        foreach (var each in hasPort ? [port] : FetchTarget.StandardPorts)
            _entries.Add((host.Name, each));
        return true;
    }
}
