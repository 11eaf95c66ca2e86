using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Sqlite.Copies;

namespace ImageSearch.Storage.Backups;

/// <summary>Backs up the data folder of a service that does not run.</summary>
public static class StoppedServiceBackup
{
    /// <summary>Writes a backup as fast as the disk allows. All backups are kept.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="backups">The folder of all backups; created if missing.</param>
    /// <param name="name">The name; null for the time.</param>
    /// <param name="progress">The progress.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels the backup.</param>
    /// <exception cref="BackupException">It can't be written, or the folder has no catalog of this version.</exception>
    /// <exception cref="CatalogException">A service uses the folder, or its catalog can't be read.</exception>
    /// <exception cref="IOException">A file can't be written.</exception>
    public static async Task<(BackupName Name, BackupManifest Manifest)> RunAsync(
        string dataFolder, string backups, BackupName? name, BackupProgress progress, TimeProvider time, CancellationToken cancellationToken)
    {
        var options = new BackupOptions { Folder = backups, Keep = 0, MegabytesPerSecond = BackupOptions.MaxMegabytesPerSecond };
        var file = Path.Combine(dataFolder, CopiedCatalog.FileName);
        if (!File.Exists(file))
            throw new BackupException(FailureCode.CatalogUnavailable, $"there is no {CopiedCatalog.FileName} in {dataFolder}; name the DATA_PATH of the service");
        using var held = DataFolderLock.Take(dataFolder);
        var began = time.GetUtcNow();
        var chosen = name ?? BackupName.Of(began);
        return (chosen, await new BackupWriter(options, time).WriteAsync(dataFolder, chosen, began, progress, cancellationToken).ConfigureAwait(false));
    }
}
