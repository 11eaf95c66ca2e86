using ImageSearch.Api.Settings;
using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.Silo.Settings;

namespace ImageSearch.Api.Hosting;

/// <summary>The settings of the process.</summary>
/// <param name="Service">The web APIs.</param>
/// <param name="Backend">The backend of the grains. A front end, which has no grains, uses its logs, telemetry and metric only.</param>
/// <param name="Sources">Where pictures may be read from.</param>
/// <param name="Role">Where the grains are.</param>
internal sealed record ProcessSettings(ServiceSettings Service, BackendSettings Backend, PictureSourceSettings Sources, ProcessRole Role)
{
    /// <summary>The declarations of all settings. The tests compare docs/configuration.md with them.</summary>
    public static IReadOnlyList<Setting> Definitions { get; } = [.. SettingGroup.Of(typeof(ServiceDefinitions)), .. SiloSettingCatalog.All];

    /// <summary>Reads and checks all settings.</summary>
    /// <exception cref="SettingsException">Names every setting that is wrong.</exception>
    public static ProcessSettings Read(IConfiguration configuration)
    {
        var reader = new SettingReader(configuration);
        var backend = BackendSettings.Read(reader);
        var service = ServiceSettings.Read(reader, backend.Metric) with { KeepPictures = backend.KeepPictures };
        var sources = PictureSourceSettings.Read(reader);
        var role = ProcessRole.Read(reader, backend);
        reader.ThrowIfErrors();
        return new ProcessSettings(service, backend, sources, role);
    }
}
