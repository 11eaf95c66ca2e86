using System.Globalization;
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

/// <summary>A process that is a silo and nothing else: it has grains with all they work with, and answers HTTP for its health only.</summary>
internal static class SiloProcess
{
    private const string OtherPorts = "choose another port with the setting HEALTH_PORT";

    /// <param name="args">Settings, as <c>--NAME value</c>.</param>
    /// <param name="openEmbedder">Opens the network; null for the one of MODEL_PATH.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, Func<BackendSettings, ILoggerFactory, IPictureEmbedder>? openEmbedder = null)
    {
        try
        {
            // Settings and models lie beside the program; data and relative paths belong to the folder it is started in.
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
            var (settings, cluster, sources) = Read(builder.Configuration);
            using var engineLogs = ServiceLogs.ForEngine(builder.Configuration, settings.LogFiles);
            await ClusterTables.PrepareAsync(settings.MySql!, engineLogs.CreateLogger(typeof(ClusterTables)), CancellationToken.None);
            await using var engine = SearchBackendOpening.Begin(settings, engineLogs, openEmbedder);
            await engine.OpenedAsync(CancellationToken.None);

            builder.AddTelemetry(settings.Telemetry, orleans: true);
            // Questions for its health need no time to end.
            builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
            builder.AddClusterSilo(cluster, settings.MySql!, engineLogs);
            engine.AddTo(builder.Services);
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
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"The silo can't start: {explanation}"));
            return 1;
        }
    }

    private static (BackendSettings Engine, ClusterSettings Cluster, PictureSourceSettings Sources) Read(IConfiguration configuration)
    {
        var read = new SettingReader(configuration);
        var engine = BackendSettings.Read(read);
        var cluster = ClusterSettings.Read(read);
        var sources = PictureSourceSettings.Read(read);
        if (engine.MySql is null && read.Mistakes.Count == 0)
            read.Refuse("MYSQL_HOST is not set, but silos share a catalog in MySQL: set MYSQL_HOST and MYSQL_USER");
        return read.Mistakes.Count == 0 ? (engine, cluster, sources) : throw new SettingsException(read.Mistakes);
    }
}
