using ImageSearch.ServiceDefaults.Settings;

namespace ImageSearch.ServiceDefaults.Logs;

/// <summary>Where log files are written.</summary>
/// <param name="Count">Number of daily files to keep; 0 writes none. Setting logs_num.</param>
/// <param name="Folder">The folder of the files.</param>
public sealed record LogFileSettings(int Count, string Folder)
{
    /// <summary>The declared settings.</summary>
    public static IReadOnlyList<Setting> Definitions => SettingGroup.Of(typeof(LogFileDefinitions));

    /// <summary>Reads the settings; errors are added to the reader.</summary>
    /// <param name="reader">The configuration.</param>
    /// <param name="dataPath">The folder of all data of the process.</param>
    public static LogFileSettings Read(SettingReader reader, string dataPath) =>
        new(reader.Number(LogFileDefinitions.Count), Path.Combine(dataPath, "logs"));
}
