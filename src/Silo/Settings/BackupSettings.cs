using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.Storage.Backups;

namespace ImageSearch.Silo.Settings;

/// <summary>Reads the settings of backups, which BACKUP_PATH turns on.</summary>
internal static class BackupSettings
{
    /// <summary>Reads the settings; errors are added to the reader.</summary>
    /// <returns>Null: no backups are made.</returns>
    public static BackupOptions? Read(SettingReader reader)
    {
        var (keep, megabytes) = (reader.Number(BackupDefinitions.Keep), reader.Number(BackupDefinitions.MegabytesPerSecond));
        return reader.Text(BackupDefinitions.Folder) is { } folder
            ? new BackupOptions { Folder = Path.GetFullPath(folder), Keep = keep, MegabytesPerSecond = megabytes }
            : null;
    }
}
