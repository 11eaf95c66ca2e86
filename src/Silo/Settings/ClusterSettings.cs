using System.Net;
using System.Text.RegularExpressions;
using ImageSearch.ServiceDefaults.Settings;

namespace ImageSearch.Silo.Settings;

/// <summary>The settings of a process of a cluster: which one it belongs to, and where others reach it.</summary>
internal sealed partial record ClusterSettings
{
    private static readonly string[] OfClusters =
    [
        "CLUSTER_ID", "SERVICE_ID", "SILO_PORT", "GATEWAY_PORT", "ADVERTISED_ADDRESS", "CLUSTER_TLS_CERT", "CLUSTER_TLS_KEY", "CLUSTER_TLS_CA",
    ];

    /// <summary>Processes with the same one in the same database are a cluster.</summary>
    public required string ClusterId { get; init; }

    /// <summary>Which service the cluster runs; stays as it is where a new cluster takes over.</summary>
    public required string ServiceId { get; init; }

    /// <summary>Where silos speak to each other.</summary>
    public required int SiloPort { get; init; }

    /// <summary>Where front ends speak to the silo.</summary>
    public required int GatewayPort { get; init; }

    /// <summary>
    /// The address that other machines reach this silo at; null: the machine's own. A loopback address binds the silo to this machine.
    /// </summary>
    public required IPAddress? AdvertisedAddress { get; init; }

    /// <summary>Where a silo without web APIs answers for its health.</summary>
    public required int HealthPort { get; init; }

    /// <summary>How processes prove who they are; null: every program that reaches a port is served.</summary>
    public required ClusterTlsSettings? Tls { get; init; }

    /// <summary>Reads the settings; what is wrong with them is in the reader then.</summary>
    public static ClusterSettings Read(SettingReader read)
    {
        var siloPort = read.Number("SILO_PORT", 11111, 1, 65_535);
        var gatewayPort = read.Number("GATEWAY_PORT", 30000, 1, 65_535);
        var healthPort = read.Number("HEALTH_PORT", 8080, 1, 65_535);
        if (siloPort == gatewayPort) read.Refuse($"SILO_PORT and GATEWAY_PORT are both {siloPort}: choose two ports");
        if (healthPort == siloPort || healthPort == gatewayPort)
            read.Refuse($"HEALTH_PORT is {healthPort}, but so is SILO_PORT or GATEWAY_PORT: choose another port");
        return new ClusterSettings
        {
            ClusterId = ReadId(read, "CLUSTER_ID"),
            ServiceId = ReadId(read, "SERVICE_ID"),
            SiloPort = siloPort,
            GatewayPort = gatewayPort,
            AdvertisedAddress = ReadAddress(read),
            HealthPort = healthPort,
            Tls = ClusterTlsSettings.Read(read),
        };
    }

    /// <summary>Refuses every setting of a cluster. A process that is alone would look like a member, and its ports like protected ones.</summary>
    public static void RefuseAny(SettingReader read)
    {
        foreach (var name in OfClusters.Where(name => read.Text(name) is not null))
            read.Refuse($"{name} is set, but ROLE is alone: set ROLE to all or client to join a cluster, or unset {name}");
    }

    private static string ReadId(SettingReader read, string name)
    {
        if (read.Text(name) is not { } id) return "imagesearch";
        if (!Id().IsMatch(id)) read.Refuse(name, id, "1 to 100 letters, digits, dots, hyphens or underscores");
        return id;
    }

    private static IPAddress? ReadAddress(SettingReader read)
    {
        if (read.Text("ADVERTISED_ADDRESS") is not { } text) return null;
        if (IPAddress.TryParse(text, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)) return address;
        read.Refuse("ADVERTISED_ADDRESS", text, "the IP address that other machines reach this one at, or 127.0.0.1 where there are none");
        return null;
    }

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
