using System.Net;
using ImageSearch.Silo.Settings;

namespace ImageSearch.Silo.Cluster;

/// <summary>Warns that a silo's ports are open to other machines and unprotected, where that is so.</summary>
internal static partial class OpenPorts
{
    public static void Warn(ClusterSettings cluster, ILogger logger)
    {
        var local = cluster.AdvertisedAddress is { } address && IPAddress.IsLoopback(address);
        if (cluster.Tls is null && !local) LogOpen(logger, cluster.SiloPort, cluster.GatewayPort);
    }

    [LoggerMessage(
        EventId = 305, Level = LogLevel.Warning,
        Message = "The ports {SiloPort} (SILO_PORT) and {GatewayPort} (GATEWAY_PORT) have no protection: every program that reaches them can "
            + "read and change all tables. Set CLUSTER_TLS_CERT, CLUSTER_TLS_KEY and CLUSTER_TLS_CA, or keep the ports in a network of the silos and front ends")]
    private static partial void LogOpen(ILogger logger, int siloPort, int gatewayPort);
}
