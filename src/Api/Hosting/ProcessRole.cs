using ImageSearch.Api.Settings;
using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.ServiceDefaults.Telemetry;
using ImageSearch.Silo.Cluster;
using ImageSearch.Silo.Health;
using ImageSearch.Silo.Settings;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql;

namespace ImageSearch.Api.Hosting;

/// <summary>
/// Hosts grains in the process or connects to those of a cluster. ROLE alone decides whether it joins a cluster and opens ports for it.
/// </summary>
internal sealed class ProcessRole
{
    private readonly Role _role;
    private readonly ClusterSettings? _cluster;
    private readonly MySqlOptions? _mySql;
    private readonly TelemetrySettings? _telemetry;

    private ProcessRole(Role role, ClusterSettings? cluster, BackendSettings backend) =>
        (_role, _cluster, _mySql, _telemetry) = (role, cluster, backend.MySql, backend.Telemetry);

    /// <summary>The value of ROLE, in lower case.</summary>
    public string Name => _role.ToString().ToLowerInvariant();

    /// <summary>Whether the process has grains, and with them a catalog, a vector store and a network.</summary>
    public bool HasBackend => _role != Role.Client;

    /// <summary>Whether calls of grains can go to other processes.</summary>
    public bool IsInCluster => _role != Role.Alone;

    /// <summary>Reads ROLE and the settings of a cluster; errors are added to the reader.</summary>
    public static ProcessRole Read(SettingReader reader, BackendSettings backend)
    {
        var role = reader.Enum(ServiceDefinitions.Role);
        if (role == Role.Alone)
        {
            ClusterSettings.RejectAll(reader);
            return new ProcessRole(role, cluster: null, backend);
        }

        if (backend.MySql is null)
        {
            var name = role.ToString().ToLowerInvariant();
            reader.AddError($"ROLE is \"{name}\", but MYSQL_HOST is not set: set MYSQL_HOST to the server where the cluster keeps its catalog");
        }

        return new ProcessRole(role, ClusterSettings.Read(reader), backend);
    }

    /// <summary>Creates the Orleans membership tables.</summary>
    /// <exception cref="CatalogException">The database server can't be used.</exception>
    public Task PrepareAsync(ILoggerFactory logs) =>
        _cluster is null
            ? Task.CompletedTask
            : ClusterTables.PrepareAsync(_mySql!, logs.CreateLogger(typeof(ClusterTables)), CancellationToken.None);

    /// <summary>Adds the silo or the client.</summary>
    public void AddGrains(WebApplicationBuilder builder, ILoggerFactory logs)
    {
        switch (_role)
        {
            case Role.Alone: builder.AddLoneSilo(); break;
            case Role.All: builder.AddClusterSilo(_cluster!, _mySql!, _telemetry, logs); break;
            case Role.Client: builder.AddFrontEnd(_cluster!, _mySql!, _telemetry, logs); break;
        }

        builder.Services.AddSingleton(this);
        builder.Services.AddSingleton<SiloLoss>();
        builder.Services.AddSingleton<IClusterConnectionStatusObserver>(services => services.GetRequiredService<SiloLoss>());
        builder.Services.AddSingleton<IOutgoingGrainCallFilter, SiloFaults>();
    }

    /// <summary>Adds a health check of the silos if this process is a front end.</summary>
    public void AddChecks(IHealthChecksBuilder checks)
    {
        if (!HasBackend) checks.AddCheck<SilosCheck>("silos");
    }
}
