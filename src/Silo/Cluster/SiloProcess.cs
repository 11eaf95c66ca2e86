using ImageSearch.Embedding;
using ImageSearch.Fetching;
using ImageSearch.ServiceDefaults.Hosting;
using ImageSearch.ServiceDefaults.Logs;
using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.ServiceDefaults.Telemetry;
using ImageSearch.Silo.Backend;
using ImageSearch.Silo.Health;
using ImageSearch.Silo.Hosting;
using ImageSearch.Silo.Settings;
using ImageSearch.Storage.MySql;

namespace ImageSearch.Silo.Cluster;

/// <summary>A process that is only a silo: it has grains and their backend, and serves HTTP only for health and metrics.</summary>
public static class SiloProcess
{
    private const string OtherPorts = "choose another port with the setting HEALTH_PORT";

    /// <param name="args">Settings, as <c>--NAME value</c>.</param>
    /// <param name="openEmbedder">Opens the network; null for the one of MODEL_PATH.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, Func<BackendSettings, ILoggerFactory, IPictureEmbedder>? openEmbedder = null)
    {
        try
        {
            // appsettings.json and models are next to the program; data and relative paths are in the current folder.
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
            var (settings, cluster, sources) = Read(builder.Configuration);
            var mySql = settings.MySql!;
            using var startLogs = ServiceLogs.ForStart(builder.Configuration, settings.LogFiles);
            await ClusterTables.PrepareAsync(mySql, startLogs.CreateLogger(typeof(ClusterTables)), CancellationToken.None);
            await using var backend = SearchBackendOpening.Begin(settings, startLogs, openEmbedder);
            await backend.OpenedAsync(CancellationToken.None);

            builder.AddTelemetry(settings.Telemetry, orleans: true);
            // Health requests need no grace period.
            builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
            builder.AddClusterSilo(cluster, mySql, settings.Telemetry, startLogs);
            backend.AddTo(builder.Services);
            builder.Services.AddSingleton(TimeProvider.System);
            builder.Services.AddPictureSources(sources.Fetching, sources.ServerFiles, sources.BufferMegabytes);
            builder.Logging.AddServiceLogs(settings.LogFiles);
            builder.Services.AddStartFailures();
            builder.AddSiloHealth(cluster.HealthPort);

            await using var app = builder.Build();
            app.MapTelemetry(settings.Telemetry, _ => null);
            app.MapSiloHealth();
            await app.RunToEndAsync();
            return Environment.ExitCode;
        }
        catch (Exception exception) when (StartFailure.Explain(exception, OtherPorts) is { } explanation)
        {
            await Console.Error.WriteLineAsync($"The silo can't start: {explanation}");
            return 1;
        }
    }

    private static (BackendSettings Backend, ClusterSettings Cluster, PictureSourceSettings Sources) Read(IConfiguration configuration)
    {
        var reader = new SettingReader(configuration);
        var backend = BackendSettings.Read(reader);
        var cluster = ClusterSettings.Read(reader);
        var sources = PictureSourceSettings.Read(reader);
        if (backend.MySql is null) reader.AddError("MYSQL_HOST is not set, but silos share a catalog in MySQL: set MYSQL_HOST and MYSQL_USER");
        reader.ThrowIfErrors();
        return (backend, cluster, sources);
    }
}
