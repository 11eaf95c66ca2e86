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
    public static bool IsCleartext(string text)
    {
        try
        {
            return BindingAddress.Parse(text) is { Scheme: "http", PathBase: "", IsUnixPipe: false, IsNamedPipe: false, Port: > 0 and <= ushort.MaxValue };
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>The configured addresses and those for HTTP/2.</summary>
    /// <exception cref="SettingsException">A port is in both lists.</exception>
    public static string All(IConfiguration configuration, IReadOnlyList<string> http2)
    {
        var configured = Configured(configuration);
        var taken = configured.Select(BindingAddress.Parse).Where(address => !address.IsUnixPipe && !address.IsNamedPipe)
            .Select(address => address.Port).ToHashSet();
        if (http2.FirstOrDefault(address => taken.Contains(Port(address))) is { } shared)
            throw new SettingsException([$"{ServiceDefinitions.Http2Urls.Name} has {shared}, but its port is already one of ASPNETCORE_URLS: choose another port"]);
        return string.Join(';', [.. configured, .. http2]);
    }

    /// <summary>The port of an address.</summary>
    public static int Port(string address) => BindingAddress.Parse(address).Port;

    // As the host itself reads them: ports count only without URLs.
    private static string[] Configured(IConfiguration configuration)
    {
        if (configuration["urls"] is { Length: > 0 } urls) return urls.Split(';', Entries);
        string[] ports = [.. Ports(configuration["http_ports"], "http"), .. Ports(configuration["https_ports"], "https")];
        return ports.Length > 0 ? ports : ServiceSettings.DefaultUrls.Split(';');
    }

    private static IEnumerable<string> Ports(string? ports, string scheme) => (ports ?? "").Split(';', Entries).Select(port => $"{scheme}://*:{port}");
}
