using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.ServiceDefaults.Telemetry;
using ImageSearch.Silo.Settings;
using ImageSearch.Storage.MySql;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans.Configuration;

namespace ImageSearch.Silo.Cluster;

/// <summary>Makes a front end of a process: a client of the cluster's silos, with no grains of its own.</summary>
internal static class FrontEndHosting
{
    // A front end is often started with its silos, which have models and indexes to read.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static void AddFrontEnd(this IHostApplicationBuilder builder, ClusterSettings cluster, MySqlOptions mySql, ILoggerFactory logs)
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        builder.UseOrleansClient(client =>
        {
            client.UseAdoNetClustering(
                (AdoNetClusteringClientOptions members) =>
                    (members.Invariant, members.ConnectionString) = (ClusterTables.Invariant, ClusterTables.ConnectionString(mySql)));
            client.Configure<ClusterOptions>(names => (names.ClusterId, names.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
            if (cluster.Tls is { } tls) client.UseTls(new ClusterCertificates(tls, TimeProvider.System, logs.CreateLogger<ClusterCertificates>()).Configure);
            if (TelemetryHosting.Traces(builder.Configuration)) client.AddActivityPropagation();
            client.Configure<ClientMessagingOptions>(SiloHosting.Limit);
            client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = ClusterLimits.MembersRefresh);
            client.UseConnectionRetryFilter(
                async (_, cancellationToken) =>
                {
                    if (TimeProvider.System.GetUtcNow() > deadline) throw new SettingsException(
                        [$"no silo of the cluster {cluster.ClusterId} answers: start one with the same CLUSTER_ID, MYSQL_HOST and MYSQL_DB and with certificates of the same authority, or without (CLUSTER_TLS_CA)"]);
                    await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancellationToken);
                    return true;
                });
        });
    }

    /// <summary>Healthy while a silo answers.</summary>
    internal sealed class SilosCheck(IGrainFactory grains) : IHealthCheck
    {
        private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
        {
            try
            {
                var silos = await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true, cancellationToken).WaitAsync(Wait, TimeProvider.System, cancellationToken);
                return HealthCheckResult.Healthy($"{silos.Count} silos");
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                return HealthCheckResult.Unhealthy("no silo answers", e);
            }
        }
    }
}
