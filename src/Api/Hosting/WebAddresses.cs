using ImageSearch.Api.Settings;
using ImageSearch.ServiceDefaults.Settings;

namespace ImageSearch.Api.Hosting;

/// <summary>
/// The addresses that the web server listens on. HTTP/1.1 and HTTP/2 can't share one without TLS, where a client negotiates the version, so
/// those of H2C_URLS are additional and known by their ports.
/// </summary>
internal static class WebAddresses
{
    private const StringSplitOptions Entries = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    /// <summary>Whether the text is an address for HTTP/2 without TLS: scheme, host and port only.</summary>
    public static bool IsCleartext(string text) =>
        TryParse(text) is { Scheme: "http", PathBase: "", IsUnixPipe: false, IsNamedPipe: false, Port: > 0 and <= ushort.MaxValue };

    /// <summary>The addresses to set; null if the host's own configuration has them all.</summary>
    /// <exception cref="SettingsException">A port is in both lists.</exception>
    public static string? ToSet(IConfiguration configuration, IReadOnlyList<string> http2)
    {
        var configured = Configured(configuration);
        if (http2.Count == 0) return configured.Length > 0 ? null : ServiceSettings.DefaultUrls;
        if (configured.Length == 0) configured = ServiceSettings.DefaultUrls.Split(';');
        if (http2.FirstOrDefault(address => configured.Any(other => HasPort(other, Port(address)))) is { } shared)
            throw new SettingsException([$"{ServiceDefinitions.Http2Urls.Name} has {shared}, but its port is already one of ASPNETCORE_URLS: choose another port"]);
        return string.Join(';', [.. configured, .. http2]);
    }

    /// <summary>The port of an address.</summary>
    public static int Port(string address) => BindingAddress.Parse(address).Port;

    // The web server reports an address that it can't read.
    private static bool HasPort(string address, int port) =>
        TryParse(address) is { IsUnixPipe: false, IsNamedPipe: false } parsed && parsed.Port == port;

    private static BindingAddress? TryParse(string address)
    {
        try
        {
            return BindingAddress.Parse(address);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // As the host itself reads them: ports count only without URLs.
    private static string[] Configured(IConfiguration configuration) =>
        configuration["urls"] is { Length: > 0 } urls
            ? urls.Split(';', Entries)
            : [.. Ports(configuration["http_ports"], "http"), .. Ports(configuration["https_ports"], "https")];

    private static IEnumerable<string> Ports(string? ports, string scheme) => (ports ?? "").Split(';', Entries).Select(port => $"{scheme}://*:{port}");
}
