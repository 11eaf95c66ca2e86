using ImageSearch.ServiceDefaults.Logs;
using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.ServiceDefaults.Telemetry;

namespace ImageSearch.Silo.Settings;

/// <summary>All settings that a silo reads.</summary>
public static class SiloSettingCatalog
{
    /// <summary>The declarations.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        .. SettingGroup.Of(typeof(BackendDefinitions)),
        .. SettingGroup.Of(typeof(BackupDefinitions)),
        .. SettingGroup.Of(typeof(EmbeddingDefinitions)),
        .. SettingGroup.Of(typeof(PictureSourceDefinitions)),
        .. SettingGroup.Of(typeof(MySqlDefinitions)),
        .. SettingGroup.Of(typeof(MilvusDefinitions)),
        .. SettingGroup.Of(typeof(S3Definitions)),
        .. SettingGroup.Of(typeof(ClusterDefinitions)),
        .. SettingGroup.Of(typeof(HealthDefinitions)),
        .. LogFileSettings.Definitions,
        .. TelemetrySettings.Definitions,
    ];
}
