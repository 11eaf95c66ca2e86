using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Sqlite.Copies;

namespace ImageSearch.Storage.Backups;

/// <summary>
/// Restores a backup into a data folder. Files are copied into a subfolder and flushed, then they get their names, the catalog last: a
/// folder with a catalog is whole. The folder itself is kept, because it may be the mount point of a volume.
/// </summary>
/// <param name="backup">The folder of the backup.</param>
/// <param name="dataFolder">The data folder; created if missing.</param>
/// <param name="time">The clock.</param>
public sealed class BackupRestore(string backup, string dataFolder, TimeProvider time)
{
    private const string Partial = "restore.partial";

    // What an empty data folder may have: its lock, the rest of an interrupted restore, and the folder that ext4 makes.
    private static readonly string[] Ignored = [DataFolderLock.FileName, Partial, "lost+found"];

    private static readonly string[] CatalogFiles =
        [CopiedCatalog.FileName, CopiedCatalog.FileName + "-wal", CopiedCatalog.FileName + "-shm", IndexCopy.Folder];

    /// <summary>Checks the backup and restores it.</summary>
    /// <param name="replace">Whether to set a catalog of the folder aside; otherwise the folder must be empty.</param>
    /// <param name="read">Called with the number of bytes of each part that was checked or copied: each byte of the backup counts twice.</param>
    /// <param name="cancellationToken">Cancels the restore; the data folder stays as it was.</param>
    /// <returns>What was restored, and where the files of the folder are that were set aside; null if there were none.</returns>
    /// <exception cref="BackupException">The backup is damaged or of a newer version, or the folder is not empty.</exception>
    /// <exception cref="CatalogException">The folder is in use or can't be written.</exception>
    /// <exception cref="IOException">A file can't be copied.</exception>
    public async Task<(BackupManifest Manifest, string? SetAside)> RunAsync(bool replace, Action<long> read, CancellationToken cancellationToken)
    {
        var check = new BackupCheck(backup);
        check.ReadManifest();
        using var held = DataFolderLock.Take(dataFolder);
        if (!replace) RequireEmpty();
        var manifest = await check.CheckFilesAsync(read, cancellationToken).ConfigureAwait(false);
        var partial = Path.Combine(dataFolder, Partial);
        if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        Directory.CreateDirectory(partial);
        try
        {
            foreach (var file in manifest.Files)
                await CopyAsync(check.PathOf(file), Path.Combine(partial, file.Path), file, read, cancellationToken).ConfigureAwait(false);
            DurableFolder.FlushAll(partial);
            return (manifest, Place(partial));
        }
        finally
        {
            if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        }
    }

    private void RequireEmpty()
    {
        if (Directory.EnumerateFileSystemEntries(dataFolder).Select(Path.GetFileName).FirstOrDefault(name => !Ignored.Contains(name)) is { } name)
            throw new BackupException(
                FailureCode.RequestInvalid,
                $"the folder {dataFolder} is not empty (it has {name}); name an empty one, or set its catalog aside with --force");
    }

    // The bytes are checked while they are copied: the backup may be on a disk that fails.
    private static async Task CopyAsync(string from, string to, BackupFile file, Action<long> read, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        var target = new FileStream(to, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, useAsync: true);
        await using var owned = target.ConfigureAwait(false);
        var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        await using var ownedSource = source.ConfigureAwait(false);
        await source.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
        RandomAccess.FlushToDisk(target.SafeFileHandle);
        if (target.Length != file.Bytes) throw new IOException($"{file.Path} changed while it was copied; restore again");
        read(file.Bytes);
    }

    private string? Place(string partial)
    {
        string? setAside = null;
        foreach (var name in CatalogFiles.Where(name => Path.Exists(Path.Combine(dataFolder, name))))
        {
            if (setAside is null) Directory.CreateDirectory(setAside = Path.Combine(dataFolder, $"replaced-{BackupName.Of(time.GetUtcNow())}"));
            DurableFolder.Rename(Path.Combine(dataFolder, name), Path.Combine(setAside, name));
        }

        foreach (var path in Directory.EnumerateFileSystemEntries(partial).OrderBy(path => Path.GetFileName(path) == CopiedCatalog.FileName))
            DurableFolder.Rename(path, Path.Combine(dataFolder, Path.GetFileName(path)));
        return setAside;
    }
}
