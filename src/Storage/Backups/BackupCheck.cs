using ImageSearch.Storage.Sqlite.Copies;

namespace ImageSearch.Storage.Backups;

/// <summary>Checks a backup against its manifest, and its catalog's structure and rows.</summary>
/// <param name="folder">The folder of the backup.</param>
public sealed class BackupCheck(string folder)
{
    /// <summary>Reads the manifest.</summary>
    /// <exception cref="BackupException">There is none, or a later version of the service wrote it.</exception>
    public BackupManifest ReadManifest()
    {
        if (!Directory.Exists(folder)) throw Unusable($"there is no folder {folder}; name the folder of a backup");
        var manifest = ManifestFile.Read(folder) ?? throw Unusable(
            $"{folder} has no {BackupManifest.FileName}, so it is no backup or an incomplete one; name another folder");
        if (manifest.Format > BackupManifest.CurrentFormat || manifest.Schema > CopiedCatalog.LatestSchema)
            throw Unusable(
                $"a newer ImageSearch wrote the backup (version {manifest.Version}, schema {manifest.Schema}; this one knows schema "
                + $"{CopiedCatalog.LatestSchema}); use that version or a later one");
        return manifest;
    }

    /// <summary>Compares every file with the manifest.</summary>
    /// <param name="read">Called with the number of bytes of each part that was read.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <exception cref="BackupException">A file is missing, differs or is not of the backup.</exception>
    public async Task<BackupManifest> CheckFilesAsync(Action<long> read, CancellationToken cancellationToken)
    {
        var manifest = ReadManifest();
        var there = Files().ToHashSet(StringComparer.Ordinal);
        // A path of the manifest is used only if the folder itself has it.
        if (manifest.Files.FirstOrDefault(file => !there.Remove(file.Path)) is { } missing) throw Unusable($"its file {missing.Path} is missing; use another backup");
        if (there.FirstOrDefault() is { } extra) throw Unusable($"its manifest does not list the file {extra}; use another backup, or remove the file if you added it");
        if (manifest.Files.All(file => file.Path != CopiedCatalog.FileName)) throw Unusable($"it has no {CopiedCatalog.FileName}; use another backup");
        foreach (var file in manifest.Files)
        {
            var path = PathOf(file);
            var hash = new FileInfo(path).Length != file.Bytes
                ? null
                : await FileHash.OfAsync(path, (count, _) => { read(count); return ValueTask.CompletedTask; }, cancellationToken).ConfigureAwait(false);
            if (hash != file.Sha256) throw Unusable($"its file {file.Path} was changed or damaged after the backup was made; use another backup");
        }

        return manifest;
    }

    /// <summary>Reads the whole catalog: its structure, its identity and the rows of its tables.</summary>
    /// <exception cref="BackupException">Something differs from the manifest.</exception>
    public void CheckCatalog(BackupManifest manifest)
    {
        using var catalog = CopiedCatalog.Open(Path.GetFullPath(Path.Combine(folder, CopiedCatalog.FileName)));
        if (catalog.FindFault() is { } fault) throw Unusable($"its {CopiedCatalog.FileName} is damaged ({fault}); use another backup");
        if (catalog.Schema != manifest.Schema || catalog.Identity != manifest.Catalog || !catalog.Tables().SequenceEqual(manifest.Tables))
            throw Unusable($"its {CopiedCatalog.FileName} has other tables or rows than its manifest; use another backup");
    }

    internal string PathOf(BackupFile file) => Path.Combine(folder, file.Path);

    private IEnumerable<string> Files() =>
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Select(path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(path => path != BackupManifest.FileName);

    private static BackupException Unusable(string reason) => new(FailureCode.BackupNotFound, reason);
}
