using System.Net;
using ImageSearch.ServiceDefaults.Telemetry;
using ImageSearch.Silo.Placement;
using ImageSearch.Silo.Settings;
using ImageSearch.Storage.MySql;
using Orleans.Configuration;

namespace ImageSearch.Silo.Cluster;

/// <summary>Makes a process a silo.</summary>
public static class SiloHosting
{
    // Stopping the silo itself takes some seconds after its grains are deactivated.
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(15);

    /// <summary>Adds a silo that is the whole cluster and opens no port.</summary>
    public static void AddLoneSilo(this IHostApplicationBuilder builder) =>
        builder.AddSilo(
            silo =>
            {
                silo.StayAlone();
                silo.Configure<SiloMessagingOptions>(messages => messages.ResponseTimeout = LoneLimits.Response);
                silo.Configure<GrainCollectionOptions>(grains => grains.CollectionAge = LoneLimits.Idle);
            });

    /// <summary>Adds a silo that joins a cluster.</summary>
    /// <param name="builder">The process.</param>
    /// <param name="cluster">The cluster that it joins.</param>
    /// <param name="mySql">The database of the membership table.</param>
    /// <param name="telemetry">Whether calls are traced; null: they are not.</param>
    /// <param name="logs">For messages about ports and certificates.</param>
    public static void AddClusterSilo(
        this IHostApplicationBuilder builder, ClusterSettings cluster, MySqlOptions mySql, TelemetrySettings? telemetry, ILoggerFactory logs)
    {
        OpenPorts.Warn(cluster, logs.CreateLogger(typeof(OpenPorts)));
        builder.AddSilo(
            silo =>
            {
                Join(silo, cluster, mySql, logs);
                if (telemetry is { Traces: true }) silo.AddActivityPropagation();
                silo.Configure<SiloMessagingOptions>(
                    messages =>
                    {
                        SetLimits(messages);
                        messages.ClientGatewayShutdownNotificationTimeout = TimeSpan.FromSeconds(2);
                    });
                silo.Configure<GrainCollectionOptions>(grains => grains.CollectionAge = ClusterLimits.Idle);
                silo.AddPlacementDirector<RendezvousPlacement, RendezvousPlacementDirector>();
                silo.Services.AddSingleton<PlacementStrategy, RendezvousPlacement>();
                silo.Services.AddHostedService<PlacementRebalancer>();
            });
        // On top of the web server's timeout: its calls end first.
        builder.Services.PostConfigure<HostOptions>(host => host.ShutdownTimeout += ClusterLimits.Leaving + StopMargin);
    }

    /// <summary>Sets the limits that messages of silos and front ends share.</summary>
    internal static void SetLimits(MessagingOptions messages)
    {
        messages.ResponseTimeout = ClusterLimits.Response;
        messages.MaxMessageBodySize = ClusterLimits.MessageBytes;
        messages.CancelRequestOnTimeout = true;
    }

    private static void AddSilo(this IHostApplicationBuilder builder, Action<ISiloBuilder> configure) =>
        builder.UseOrleans(silo =>
        {
            configure(silo);
            silo.Configure<GrainCollectionOptions>(grains => grains.DeactivationTimeout = ClusterLimits.Leaving);
            silo.Configure<GrainDirectoryOptions>(directory => directory.CacheSize = ClusterLimits.CachedAddresses);
        });

    private static void Join(ISiloBuilder silo, ClusterSettings cluster, MySqlOptions mySql, ILoggerFactory logs)
    {
        silo.UseAdoNetClustering(
            (AdoNetClusteringSiloOptions members) =>
                (members.Invariant, members.ConnectionString) = (ClusterTables.Invariant, ClusterTables.ConnectionString(mySql)));
        silo.Configure<ClusterOptions>(names => (names.ClusterId, names.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
        if (cluster.Tls is { } tls) silo.UseTls(new ClusterCertificates(tls, TimeProvider.System, logs.CreateLogger<ClusterCertificates>()).Configure);
        if (cluster.AdvertisedAddress is { } address)
            silo.ConfigureEndpoints(address, cluster.SiloPort, cluster.GatewayPort, listenOnAnyHostAddress: !IPAddress.IsLoopback(address));
        else silo.ConfigureEndpoints(cluster.SiloPort, cluster.GatewayPort, listenOnAnyHostAddress: true);
        silo.Configure<ClusterMembershipOptions>(
            members =>
            {
                members.ProbeTimeout = members.MaxProbeTimeout = ClusterLimits.Probe;
                members.TableRefreshTimeout = ClusterLimits.MembersRefresh;
                members.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
            });
    }
}
