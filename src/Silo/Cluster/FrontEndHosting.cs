using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.ServiceDefaults.Telemetry;
using ImageSearch.Silo.Settings;
using ImageSearch.Storage.MySql;
using Orleans.Configuration;

namespace ImageSearch.Silo.Cluster;

/// <summary>Makes a process a front end: a client of the cluster's silos, without grains of its own.</summary>
public static class FrontEndHosting
{
    // A front end is often started together with its silos, which first load models and indexes.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>Adds the client.</summary>
    /// <param name="builder">The process.</param>
    /// <param name="cluster">The cluster that it connects to.</param>
    /// <param name="mySql">The database of the membership table.</param>
    /// <param name="telemetry">Whether calls are traced; null: they are not.</param>
    /// <param name="logs">For messages about certificates.</param>
    public static void AddFrontEnd(
        this IHostApplicationBuilder builder, ClusterSettings cluster, MySqlOptions mySql, TelemetrySettings? telemetry, ILoggerFactory logs)
    {
        var deadline = TimeProvider.System.GetUtcNow() + ConnectTimeout;
        builder.UseOrleansClient(client =>
        {
            client.UseAdoNetClustering(
                (AdoNetClusteringClientOptions members) =>
                    (members.Invariant, members.ConnectionString) = (ClusterTables.Invariant, ClusterTables.ConnectionString(mySql)));
            client.Configure<ClusterOptions>(names => (names.ClusterId, names.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
            if (cluster.Tls is { } tls) client.UseTls(new ClusterCertificates(tls, TimeProvider.System, logs.CreateLogger<ClusterCertificates>()).Configure);
            if (telemetry is { Traces: true }) client.AddActivityPropagation();
            client.Configure<ClientMessagingOptions>(SiloHosting.SetLimits);
            client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = ClusterLimits.MembersRefresh);
            client.UseConnectionRetryFilter(
                async (_, cancellationToken) =>
                {
                    if (TimeProvider.System.GetUtcNow() > deadline) throw NoSilo(cluster);
                    await Task.Delay(RetryDelay, TimeProvider.System, cancellationToken);
                    return true;
                });
        });
    }

    private static SettingsException NoSilo(ClusterSettings cluster) => new(
    [
        $"no silo of the cluster {cluster.ClusterId} answers: start one with the same CLUSTER_ID, MYSQL_HOST and MYSQL_DB and with "
        + "certificates of the same authority, or without (CLUSTER_TLS_CA)",
    ]);
}
