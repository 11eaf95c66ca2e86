using ImageSearch.Api.Tests.Running;
using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.Silo.Cluster;
using ImageSearch.Silo.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Silo.Tests.Cluster;

/// <summary>Silos and a front end, each a process, with a database of their own.</summary>
internal sealed class SiloGroup : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly bool _ownsDatabase;
    private readonly string _clusterId = Guid.NewGuid().ToString("N");
    private readonly Dictionary<string, string>[] _siloSettings;
    private readonly ServiceProcess?[] _silos;
    private readonly List<string> _folders = [];

    private readonly (string Name, string Value)[] _settings;

    private SiloGroup(TestDatabase? database, int silos, (string Name, string Value)[] settings)
    {
        (_database, _ownsDatabase, _settings) = (database ?? TestDatabase.Create(), database is null, settings);
        _silos = new ServiceProcess?[silos];
        _siloSettings = [.. Enumerable.Range(0, silos).Select(_ => NewSiloSettings())];
    }

    public ServiceProcess FrontEnd { get; private set; } = null!;

    public TestDatabase Database => _database;

    /// <param name="silos">Number of silos.</param>
    /// <param name="settings">Settings of all processes.</param>
    public static Task<SiloGroup> StartAsync(int silos, params (string Name, string Value)[] settings) =>
        StartAsync(new SiloGroup(null, silos, settings));

    /// <summary>Starts another cluster on the database of a group, which must live longer.</summary>
    public static Task<SiloGroup> StartOnAsync(TestDatabase database, int silos) => StartAsync(new SiloGroup(database, silos, []));

    private static async Task<SiloGroup> StartAsync(SiloGroup group)
    {
        try
        {
            for (var i = 0; i < group._silos.Length; i++) await group.StartAsync(i, default);
            group.FrontEnd = await ServiceProcess.StartAsync(group.Settings(("ROLE", "client")));
            return group;
        }
        catch
        {
            await group.DisposeAsync();
            throw;
        }
    }

    public ServiceProcess Silo(int index) => _silos[index] ?? throw new InvalidOperationException($"silo {index} is not running");

    /// <summary>The silo with a port.</summary>
    public ServiceProcess SiloAt(int port) => Silo(Array.FindIndex(_siloSettings, settings => settings["SILO_PORT"] == $"{port}"));

    /// <summary>Starts a silo, or restarts one with the same ports and data.</summary>
    public async Task StartAsync(int index, CancellationToken cancellationToken)
    {
        if (_silos[index] is { } before) await before.DisposeAsync();
        cancellationToken.ThrowIfCancellationRequested();
        _silos[index] = await ServiceProcess.StartAsync(_siloSettings[index], _folders[index], program: ServiceProcess.Silo);
    }

    /// <summary>Starts another front end, which the caller disposes of.</summary>
    public Task<ServiceProcess> StartFrontEndAsync() => ServiceProcess.StartAsync(Settings(("ROLE", "client")));

    /// <summary>Connects another client to the cluster, to find out where grains are.</summary>
    public Task<IHost> ConnectAsync() => ConnectAsync([], Timeout.InfiniteTimeSpan);

    /// <summary>Connects a client with settings of its own.</summary>
    /// <exception cref="OperationCanceledException">No silo answers within the timeout.</exception>
    public async Task<IHost> ConnectAsync((string Name, string Value)[] settings, TimeSpan timeout, Action<IClientBuilder>? configure = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        foreach (var (name, value) in Settings(settings)) builder.Configuration[name] = value;
        builder.AddFrontEnd(ClusterSettings.Read(new SettingReader(builder.Configuration)), _database.Options, telemetry: null, NullLoggerFactory.Instance);
        if (configure is not null) builder.UseOrleansClient(configure);
        var host = builder.Build();
        try
        {
            using var stop = new CancellationTokenSource(timeout);
            await host.StartAsync(stop.Token);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>The number of silos that have embedded a picture since they started.</summary>
    public async Task<int> SilosThatEmbedAsync()
    {
        using var client = await ConnectAsync();
        var statistics = await client.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics();
        return statistics.Where(grain => grain.GrainType.Contains("EmbeddingGrain", StringComparison.Ordinal))
            .Select(grain => grain.SiloAddress).Distinct().Count();
    }

    public async ValueTask DisposeAsync()
    {
        if (FrontEnd is not null) await FrontEnd.DisposeAsync();
        foreach (var silo in _silos.OfType<ServiceProcess>()) await silo.DisposeAsync();
        foreach (var folder in _folders) Directory.Delete(folder, recursive: true);
        if (_ownsDatabase) await _database.DisposeAsync();
    }

    private Dictionary<string, string> NewSiloSettings()
    {
        _folders.Add(Directory.CreateTempSubdirectory("imagesearch-silo-").FullName);
        return Settings(("SILO_PORT", $"{ServiceProcess.FreePort()}"), ("GATEWAY_PORT", $"{ServiceProcess.FreePort()}"));
    }

    private Dictionary<string, string> Settings(params (string Name, string Value)[] overrides)
    {
        var settings = new Dictionary<string, string>(_database.Settings) { ["CLUSTER_ID"] = _clusterId, ["EMBEDDING_LANES"] = "1" };
        foreach (var (name, value) in _settings.Concat(overrides)) settings[name] = value;
        return settings;
    }
}
