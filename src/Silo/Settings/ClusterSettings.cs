using System.Net;
using ImageSearch.ServiceDefaults.Settings;

namespace ImageSearch.Silo.Settings;

/// <summary>The cluster that a process belongs to, and where other processes reach it.</summary>
public sealed record ClusterSettings
{
    /// <summary>Processes with the same id in the same database form one cluster.</summary>
    public required string ClusterId { get; init; }

    /// <summary>The service that the cluster runs. It stays the same when a new cluster takes over.</summary>
    public required string ServiceId { get; init; }

    /// <summary>Port for traffic between silos.</summary>
    public required int SiloPort { get; init; }

    /// <summary>Port for front ends.</summary>
    public required int GatewayPort { get; init; }

    /// <summary>
    /// The address at which other machines reach this silo; null: the address of the machine. A loopback address binds the silo to this
    /// machine.
    /// </summary>
    public required IPAddress? AdvertisedAddress { get; init; }

    /// <summary>Port of the health endpoints of a silo without web APIs.</summary>
    public required int HealthPort { get; init; }

    /// <summary>The certificates of the cluster; null: every program that reaches a port is trusted.</summary>
    public required ClusterTlsSettings? Tls { get; init; }

    /// <summary>Reads the settings; errors are added to the reader.</summary>
    public static ClusterSettings Read(SettingReader reader)
    {
        var settings = new ClusterSettings
        {
            ClusterId = reader.Text(ClusterDefinitions.ClusterId),
            ServiceId = reader.Text(ClusterDefinitions.ServiceId),
            SiloPort = reader.Number(ClusterDefinitions.SiloPort),
            GatewayPort = reader.Number(ClusterDefinitions.GatewayPort),
            AdvertisedAddress = IPAddress.TryParse(reader.Text(ClusterDefinitions.AdvertisedAddress), out var address) ? address : null,
            HealthPort = reader.Number(HealthDefinitions.Port),
            Tls = ClusterTlsSettings.Read(reader),
        };
        var (silo, gateway, health) = (settings.SiloPort, settings.GatewayPort, settings.HealthPort);
        if (silo == gateway) reader.AddError($"SILO_PORT and GATEWAY_PORT are both {silo}: choose two ports");
        if (health == silo || health == gateway)
            reader.AddError($"HEALTH_PORT is {health}, but so is SILO_PORT or GATEWAY_PORT: choose another port");
        return settings;
    }

    /// <summary>
    /// Rejects every setting of a cluster in a process that runs alone: it would look like a member, and its ports like protected ones.
    /// </summary>
    public static void RejectAll(SettingReader reader) =>
        reader.Reject(SettingGroup.Of(typeof(ClusterDefinitions)), "ROLE is alone: set ROLE to all or client to join a cluster");
}
