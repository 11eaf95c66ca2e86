using System.Net;
using System.Text.RegularExpressions;
using ImageSearch.ServiceDefaults.Settings;

namespace ImageSearch.Silo.Settings;

/// <summary>Declares the settings of <see cref="ClusterSettings"/>, which need a role in a cluster.</summary>
internal static partial class ClusterDefinitions
{
    private const string IdFormat = "1 to 100 letters, digits, `.`, `-` or `_`";
    private const string IdBound = "1 to 100 letters, digits, dots, hyphens or underscores";

    public static readonly TextSetting ClusterId = new(
        "CLUSTER_ID", "imagesearch", IdFormat, "Processes with the same value in the same database form one cluster.")
    {
        Accepts = Id().IsMatch,
        ErrorBound = IdBound,
    };

    public static readonly TextSetting ServiceId = new("SERVICE_ID", "imagesearch", IdFormat, "Service that the cluster runs.")
    {
        Accepts = Id().IsMatch,
        ErrorBound = IdBound,
    };

    public static readonly PortSetting SiloPort = new("SILO_PORT", 11_111, "Port for traffic between silos.");

    public static readonly PortSetting GatewayPort = new("GATEWAY_PORT", 30_000, "Port for front ends.");

    public static readonly OptionalTextSetting AdvertisedAddress = new(
        "ADVERTISED_ADDRESS", "IP address", "Address at which other processes reach the silo.")
    {
        DefaultDescription = "address of the machine",
        Accepts = IsReachable,
        ErrorBound = "the IP address that other machines reach this one at, or 127.0.0.1 where there are none",
    };

    public static readonly OptionalTextSetting TlsCertificate = PemFile(
        "CLUSTER_TLS_CERT", "Certificate of this process, with any intermediate certificates.");

    public static readonly OptionalTextSetting TlsKey = PemFile("CLUSTER_TLS_KEY", "Private key of the certificate, without a password.");

    public static readonly OptionalTextSetting TlsAuthority = PemFile("CLUSTER_TLS_CA", "Certificate authorities whose certificates are accepted.");

    private static OptionalTextSetting PemFile(string name, string meaning) =>
        new(name, "PEM file", meaning) { Accepts = File.Exists, ErrorBound = "a file (PEM) that this process may read" };

    private static bool IsReachable(string text) =>
        IPAddress.TryParse(text, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any);

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
