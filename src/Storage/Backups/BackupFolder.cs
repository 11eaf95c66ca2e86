using ImageSearch.Storage.Sqlite.Files;

namespace ImageSearch.Storage.Backups;

/// <summary>
/// The folder of all backups. A backup is a subfolder with its name; one that is not complete has a name with a dot, which no backup has.
/// </summary>
/// <param name="root">The path of the folder.</param>
public sealed class BackupFolder(string root)
{
    private const string LockFile = "backup.lock";
    private const string Partial = ".partial";
    private const string Removed = ".removed";

    /// <summary>The path of a backup.</summary>
    public string PathOf(BackupName name) => Path.Combine(root, name.Value);

    /// <summary>Whether the folder has something with this name.</summary>
    public bool Has(BackupName name) => Path.Exists(PathOf(name));

    /// <summary>The complete backups with their manifests. Folders without a readable manifest are ignored.</summary>
    public IReadOnlyList<(BackupName Name, BackupManifest Manifest)> List()
    {
        var found = new List<(BackupName, BackupManifest)>();
        if (!Directory.Exists(root)) return found;
        foreach (var path in Directory.EnumerateDirectories(root))
        {
            if (BackupName.Parse(Path.GetFileName(path)).TryGet(out var name, out _) && Find(name) is { } manifest) found.Add((name, manifest));
        }

        return found;
    }

    /// <summary>The manifest of a backup; null if there is no complete backup with this name.</summary>
    public BackupManifest? Find(BackupName name)
    {
        try
        {
            return ManifestFile.Read(PathOf(name));
        }
        catch (Exception e) when (e is BackupException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Removes a backup. An interrupted removal leaves nothing that looks like a backup.</summary>
    public void Delete(BackupName name)
    {
        var removed = PathOf(name) + Removed;
        DeleteIfThere(removed);
        DurableFolder.Rename(PathOf(name), removed);
        DeleteIfThere(removed);
    }

    /// <summary>Creates the folder of a backup that is to be written.</summary>
    internal string Begin(BackupName name)
    {
        var partial = PathOf(name) + Partial;
        Directory.CreateDirectory(partial);
        return partial;
    }

    /// <summary>Gives a complete backup its name, durably.</summary>
    internal void Complete(BackupName name)
    {
        var partial = PathOf(name) + Partial;
        DurableFolder.FlushAll(partial);
        DurableFolder.Rename(partial, PathOf(name));
    }

    /// <summary>Removes what interrupted backups and removals have left. The caller holds the lock.</summary>
    internal void Sweep()
    {
        foreach (var path in Directory.EnumerateDirectories(root))
        {
            if (Path.GetExtension(path) is Partial or Removed && BackupName.Parse(Path.GetFileNameWithoutExtension(path)).Failure is null)
                DeleteIfThere(path);
        }
    }

    /// <summary>Removes the oldest backups of a catalog.</summary>
    /// <param name="keep">How many to keep; 0 for all.</param>
    /// <param name="catalog">The identity of the catalog. Backups of others are not counted.</param>
    internal void Prune(int keep, long catalog)
    {
        if (keep == 0) return;
        foreach (var (name, _) in List().Where(backup => backup.Manifest.Catalog == catalog)
            .OrderByDescending(backup => backup.Manifest.Began, StringComparer.Ordinal).Skip(keep))
            Delete(name);
    }

    /// <summary>Locks the folder, which is created if missing: one process at a time writes backups.</summary>
    /// <exception cref="BackupException">Another process has locked it.</exception>
    internal IDisposable Lock()
    {
        Directory.CreateDirectory(root);
        try
        {
            return new FileStream(Path.Combine(root, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException e) when (FolderFault.IsHeld(e))
        {
            throw new BackupException(FailureCode.BackupRunning, "another process writes a backup into the same folder; wait until it ends", e);
        }
    }

    private static void DeleteIfThere(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Removed already.
        }
    }
}
