using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.Storage.Backups;

namespace ImageSearch.Silo.Settings;

/// <summary>Declares the settings of <see cref="BackupSettings"/>.</summary>
internal static class BackupDefinitions
{
    private static readonly BackupOptions Defaults = new() { Folder = "" };

    public static readonly OptionalTextSetting Folder = new("BACKUP_PATH", "folder", "Folder of backups, which `POST /v1/backups` makes of a catalog in SQLite.");

    public static readonly NumberSetting Keep = new(
        "BACKUP_KEEP", Defaults.Keep, 0, BackupOptions.MaxKeep, "backups", "Finished backups to keep, after which the oldest are removed; 0 keeps all.");

    public static readonly NumberSetting MegabytesPerSecond = new(
        "BACKUP_MB_PER_SECOND", Defaults.MegabytesPerSecond, 1, BackupOptions.MaxMegabytesPerSecond, "MB/s", "Speed at which a backup copies and checks files.");
}
