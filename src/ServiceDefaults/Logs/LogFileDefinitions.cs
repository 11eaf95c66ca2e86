using ImageSearch.ServiceDefaults.Settings;

namespace ImageSearch.ServiceDefaults.Logs;

/// <summary>Declares the setting of <see cref="LogFileSettings"/>.</summary>
internal static class LogFileDefinitions
{
    public static readonly NumberSetting Count = new(
        "logs_num", 0, 0, 10_000, "files", "Number of daily log files kept in `DATA_PATH/logs`; 0 logs to the console only.");
}
