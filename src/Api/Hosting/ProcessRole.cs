using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.Silo.Cluster;
using ImageSearch.Silo.Settings;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql;

namespace ImageSearch.Api.Hosting;

/// <summary>Where the grains are that this process calls (setting ROLE).</summary>
internal enum Role
{
    /// <summary>In this process and nowhere else; no other process can reach them.</summary>
    Alone,

    /// <summary>In this process, a silo of the cluster in the database of MYSQL_HOST, and in the cluster's other silos.</summary>
    All,

    /// <summary>In the silos of a cluster; this process is a front end with web APIs only.</summary>
    Client,
}

/// <summary>Brings grains into the process, or the way to them. ROLE alone decides whether a process joins a cluster and opens its ports.</summary>
internal sealed class ProcessRole
{
    private readonly Role _role;
    private readonly ClusterSettings? _cluster;
    private readonly MySqlOptions? _mySql;

    private ProcessRole(Role role, ClusterSettings? cluster, MySqlOptions? mySql) => (_role, _cluster, _mySql) = (role, cluster, mySql);

    /// <summary>The setting's word.</summary>
    public string Name => _role.ToString().ToLowerInvariant();

    /// <summary>Whether the process has grains, and with them a catalog, a vector store and a network.</summary>
    public bool HasEngine => _role != Role.Client;

    /// <summary>Whether calls of grains go to other processes.</summary>
    public bool IsInCluster => _role != Role.Alone;

    /// <exception cref="SettingsException">Names each setting that is wrong.</exception>
    public static ProcessRole Read(IConfiguration configuration, BackendSettings engine)
    {
        var read = new SettingReader(configuration);
        var role = read.Choice("ROLE", Role.Alone);
        var cluster = role == Role.Alone ? null : ClusterSettings.Read(read);
        if (role == Role.Alone) ClusterSettings.RefuseAny(read);
        if (role != Role.Alone && engine.MySql is null)
            read.Refuse($"ROLE is \"{read.Text("ROLE")}\", but MYSQL_HOST is not set: set MYSQL_HOST to the server where the cluster keeps its catalog");
        return read.Mistakes.Count == 0 ? new ProcessRole(role, cluster, engine.MySql) : throw new SettingsException(read.Mistakes);
    }

    /// <summary>Creates the tables by which the processes of a cluster find each other.</summary>
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
            case Role.All: builder.AddClusterSilo(_cluster!, _mySql!, logs); break;
            case Role.Client: builder.AddFrontEnd(_cluster!, _mySql!, logs); break;
        }

        builder.Services.AddSingleton(this);
        builder.Services.AddSingleton<SiloLoss>();
        builder.Services.AddSingleton<IClusterConnectionStatusObserver>(services => services.GetRequiredService<SiloLoss>());
        if (IsInCluster) builder.Services.AddSingleton<IOutgoingGrainCallFilter, SiloFaults>();
    }

    /// <summary>Adds checks of what the process needs of others.</summary>
    public void AddChecks(IHealthChecksBuilder checks)
    {
        if (!HasEngine) checks.AddCheck<FrontEndHosting.SilosCheck>("silos");
    }
}
