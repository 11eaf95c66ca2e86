using ImageSearch.Silo;
using ImageSearch.Storage;

namespace ImageSearch.Api.Hosting;

/// <summary>What a process of the cluster edition is (setting ROLE).</summary>
internal enum Role
{
    /// <summary>A silo with web APIs: of the cluster in the database of MYSQL_HOST, or alone where that is not set.</summary>
    All,

    /// <summary>A front end: web APIs and no grains.</summary>
    Client,
}

/// <summary>The cluster edition: grains are activated by Orleans, here or in other processes.</summary>
internal sealed class Edition : IEdition
{
    public const string Name = "cluster";

    private readonly ClusterSettings _cluster;
    private readonly MySqlOptions? _mySql;

    private Edition(Role role, ClusterSettings cluster, MySqlOptions? mySql)
    {
        HasEngine = role == Role.All;
        (_cluster, _mySql) = (cluster, mySql);
    }

    /// <inheritdoc/>
    public bool HasEngine { get; }

    /// <exception cref="SettingsException">Names each setting that is wrong.</exception>
    public static Edition Read(IConfiguration configuration, EngineSettings engine)
    {
        var read = new SettingReader(configuration);
        var role = read.Choice("ROLE", Role.All);
        var cluster = ClusterSettings.Read(read);
        if (role == Role.Client && engine.MySql is null)
            read.Refuse("ROLE is \"client\", but MYSQL_HOST is not set: set MYSQL_HOST to the server where the silos keep their catalog");
        return read.Mistakes.Count == 0 ? new Edition(role, cluster, engine.MySql) : throw new SettingsException(read.Mistakes);
    }

    /// <inheritdoc/>
    public Task PrepareAsync(ILoggerFactory logs) =>
        _mySql is null
            ? Task.CompletedTask
            : ClusterTables.PrepareAsync(_mySql, logs.CreateLogger(typeof(ClusterTables)), CancellationToken.None);

    /// <inheritdoc/>
    public void AddGrains(WebApplicationBuilder builder)
    {
        if (HasEngine) builder.AddSilo(_cluster, _mySql);
        else builder.AddFrontEnd(_cluster, _mySql!);
        builder.Services.AddSingleton<IOutgoingGrainCallFilter, SiloFaults>();
    }

    /// <inheritdoc/>
    public void AddChecks(IHealthChecksBuilder checks)
    {
        if (!HasEngine) checks.AddCheck<FrontEndHosting.SilosCheck>("silos");
    }
}
