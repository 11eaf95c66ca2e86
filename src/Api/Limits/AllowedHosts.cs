using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace ImageSearch.Api.Limits;

/// <summary>
/// The allowed values of a request's Host. A web page can make its own name resolve to this machine (DNS rebinding), so that the browser
/// takes the service for the page's site. It can't do so with an IP address or with a name that public DNS does not resolve.
/// </summary>
internal sealed class AllowedHosts
{
    // Not in public DNS: .localhost (RFC 6761), .internal (reserved by ICANN) and the names of Kubernetes services. Not all of .local,
    // where any machine of the network may answer (mDNS).
    private static readonly string[] PrivateSuffixes = [".localhost", ".internal", ".svc", ".svc.cluster.local"];

    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _suffixes = [.. PrivateSuffixes];
    private readonly bool _all;

    /// <param name="setting">The setting ALLOWED_HOSTS: names, <c>*.example.com</c> for the names below one, <c>*</c> for all.</param>
    /// <param name="urls">The addresses that the server listens on; their hosts are allowed.</param>
    public AllowedHosts(IReadOnlyList<string> setting, string? urls)
    {
        _all = setting.Contains("*");
        foreach (var name in setting)
        {
            if (name.StartsWith("*.", StringComparison.Ordinal)) _suffixes.Add(name[1..]);
            else _names.Add(name);
        }

        foreach (var url in (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Uri.TryCreate(url, UriKind.Absolute, out var address)) _names.Add(address.Host);
        }

        foreach (var name in OwnNames()) _names.Add(name);
    }

    /// <summary>Whether a request may have this host. An empty one passes, since every browser sends a host.</summary>
    public bool Allows(string host)
    {
        host = host.TrimEnd('.');
        if (_all || host.Length == 0 || IPAddress.TryParse(host, out _)) return true;
        // A name without a dot is local: localhost, a service of Compose or Kubernetes.
        return !host.Contains('.') || _names.Contains(host) || _suffixes.Exists(suffix => host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether an entry of ALLOWED_HOSTS is valid: a name, <c>*.</c> and a name, or <c>*</c>.</summary>
    public static bool IsEntry(string entry) =>
        entry == "*" || Uri.CheckHostName(entry.StartsWith("*.", StringComparison.Ordinal) ? entry[2..] : entry) != UriHostNameType.Unknown;

    private static string[] OwnNames()
    {
        try
        {
            var domain = IPGlobalProperties.GetIPGlobalProperties();
            return [Dns.GetHostName(), $"{Dns.GetHostName()}.local", $"{domain.HostName}.{domain.DomainName}".TrimEnd('.')];
        }
        catch (Exception e) when (e is SocketException or NetworkInformationException)
        {
            return [];
        }
    }
}
