using System.Net;
using ImageSearch.Silo.Settings;

namespace ImageSearch.Silo.Cluster;

/// <summary>Warns if a silo's ports are open to other machines without TLS.</summary>
internal static class OpenPorts
{
    public static void Warn(ClusterSettings cluster, ILogger logger)
    {
        var isLocal = cluster.AdvertisedAddress is { } address && IPAddress.IsLoopback(address);
        if (cluster.Tls is null && !isLocal) logger.PortsUnprotected(cluster.SiloPort, cluster.GatewayPort);
    }
}
