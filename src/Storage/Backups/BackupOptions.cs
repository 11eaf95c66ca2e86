using static ImageSearch.Storage.OptionBounds;

namespace ImageSearch.Storage.Backups;

/// <summary>Where backups are kept, and how much of the disk a running one may take.</summary>
public sealed record BackupOptions
{
    /// <summary>The highest <see cref="Keep"/>.</summary>
    public const int MaxKeep = 10_000;

    /// <summary>The highest <see cref="MegabytesPerSecond"/>.</summary>
    public const int MaxMegabytesPerSecond = 10_000;

    /// <summary>The folder of all backups; created if missing (setting BACKUP_PATH).</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// Finished backups of this catalog to keep, 0..10,000; 0 keeps all (setting BACKUP_KEEP). The oldest are removed after a backup has
    /// finished.
    /// </summary>
    public int Keep { get; init; } = 7;

    /// <summary>MB that a backup copies or checks per second, 1..10,000 (setting BACKUP_MB_PER_SECOND).</summary>
    public int MegabytesPerSecond { get; init; } = 50;

    /// <summary>Free bytes of the disk of a folder.</summary>
    internal Func<string, long> FreeBytes { get; init; } = folder => new DriveInfo(folder).AvailableFreeSpace;

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Folder);
        Check(nameof(Keep), Keep, 0, MaxKeep);
        Check(nameof(MegabytesPerSecond), MegabytesPerSecond, 1, MaxMegabytesPerSecond);
    }
}
