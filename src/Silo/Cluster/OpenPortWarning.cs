using System.Net;

namespace ImageSearch.Silo;

/// <summary>Says at the start of a silo that its ports are open to whoever reaches them, where that is so.</summary>
internal sealed partial class OpenPortWarning(ClusterSettings cluster, ILogger<OpenPortWarning> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var local = cluster.AdvertisedAddress is { } address && IPAddress.IsLoopback(address);
        if (cluster.Tls is null && !local) LogOpen(cluster.SiloPort, cluster.GatewayPort);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(
        EventId = 305, Level = LogLevel.Warning,
        Message = "The ports {SiloPort} (SILO_PORT) and {GatewayPort} (GATEWAY_PORT) have no protection: every program that reaches them can "
            + "read and change all tables. Set CLUSTER_TLS_CERT, CLUSTER_TLS_KEY and CLUSTER_TLS_CA, or keep the ports in a network of the silos and front ends")]
    private partial void LogOpen(int siloPort, int gatewayPort);
}
