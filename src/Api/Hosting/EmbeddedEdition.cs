using ImageSearch.Grains;
using ImageSearch.Grains.Local;
using ImageSearch.Silo;

namespace ImageSearch.Api.Hosting;

/// <summary>The embedded edition: grains are activated in this process.</summary>
internal sealed class Edition : IEdition
{
    public const string Name = "embedded";

    private static readonly Type[] GrainClasses =
        [typeof(DatasetGrain), typeof(EmbeddingGrain), typeof(ImportGrain), typeof(ImportPieceGrain), typeof(ImportListGrain)];

    private Edition()
    {
    }

    /// <inheritdoc/>
    public bool HasEngine => true;

    /// <exception cref="SettingsException">A front end without an engine is asked for.</exception>
    public static Edition Read(IConfiguration configuration, EngineSettings engine)
    {
        var role = new SettingReader(configuration).Text("ROLE");
        return role is null || role.Equals("all", StringComparison.OrdinalIgnoreCase)
            ? new Edition()
            : throw new SettingsException(
                [$"ROLE is \"{role}\", but this is the embedded edition, which has one process for all: unset ROLE, or build with -p:Cluster=true"]);
    }

    /// <inheritdoc/>
    public Task PrepareAsync(ILoggerFactory logs) => Task.CompletedTask;

    /// <inheritdoc/>
    public void AddGrains(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(
            services => new LocalGrainFactory(GrainClasses, type => (Grain)ActivatorUtilities.CreateInstance(services, type)));
        builder.Services.AddSingleton<IGrainFactory>(services => services.GetRequiredService<LocalGrainFactory>());
        builder.Services.AddHostedService<GrainsEnd>();
    }

    /// <inheritdoc/>
    public void AddChecks(IHealthChecksBuilder checks)
    {
    }

    // Grains end while all that they use is there still. Added first, so it is stopped last, after the web server and what calls grains.
    private sealed class GrainsEnd(LocalGrainFactory grains) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => grains.DisposeAsync().AsTask();
    }
}
