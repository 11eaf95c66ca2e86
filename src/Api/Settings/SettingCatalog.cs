using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.Silo.Settings;

namespace ImageSearch.Api.Settings;

/// <summary>All settings of the service and its silos.</summary>
internal static class SettingCatalog
{
    /// <summary>The declarations. The tests compare docs/configuration.md with them.</summary>
    public static IReadOnlyList<Setting> All { get; } = [.. SettingGroup.Of(typeof(ServiceDefinitions)), .. SiloSettingCatalog.All];
}
