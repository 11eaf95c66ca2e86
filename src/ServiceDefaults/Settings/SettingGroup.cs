using System.Reflection;

namespace ImageSearch.ServiceDefaults.Settings;

/// <summary>Lists the settings that a class declares.</summary>
public static class SettingGroup
{
    /// <summary>The declarations in the static fields of a class, in their order in the source.</summary>
    public static IReadOnlyList<Setting> Of(Type definitions) =>
    [
        .. definitions.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .OrderBy(field => field.MetadataToken)
            .Select(field => field.GetValue(null))
            .OfType<Setting>(),
    ];
}
