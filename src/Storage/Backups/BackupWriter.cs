using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Sqlite.Copies;

namespace ImageSearch.Storage.Backups;

/// <summary>
/// Writes a backup of a data folder, while the catalog is used or not. Its parts are flushed, then its folder gets its name: whenever the
/// process is killed, the folder of backups has whole ones only, and a rest that the next sweep removes.
/// </summary>
/// <param name="options">Where to, and how fast.</param>
/// <param name="time">The clock.</param>
public sealed class BackupWriter(BackupOptions options, TimeProvider time)
{
    private static readonly string Version = typeof(BackupWriter).Assembly.GetName().Version!.ToString(3);

    private readonly BackupFolder _backups = new(options.Folder);

    /// <summary>Writes a backup.</summary>
    /// <param name="dataFolder">The data folder, which this process has locked.</param>
    /// <param name="name">The name, which no backup has.</param>
    /// <param name="began">When it began: it has every write that was acknowledged before.</param>
    /// <param name="progress">The progress.</param>
    /// <param name="cancellationToken">Cancels the backup; nothing of it is left.</param>
    /// <exception cref="BackupException">It can't be written. Nothing of it is left.</exception>
    /// <exception cref="CatalogException">The catalog can't be read. Nothing of the backup is left.</exception>
    /// <exception cref="IOException">A file can't be written. Nothing of the backup is left.</exception>
    public async Task<BackupManifest> WriteAsync(
        string dataFolder, BackupName name, DateTimeOffset began, BackupProgress progress, CancellationToken cancellationToken)
    {
        options.Validate();
        using var held = _backups.Lock();
        _backups.Sweep();
        if (_backups.Has(name)) throw new BackupException(FailureCode.BackupExists, $"there is a backup {name}; choose another name");
        try
        {
            var manifest = await WritePartsAsync(dataFolder, _backups.Begin(name), began, progress, cancellationToken).ConfigureAwait(false);
            _backups.Complete(name);
            return manifest;
        }
        catch
        {
            SweepRest();
            throw;
        }
    }

    /// <summary>Removes the oldest backups of a catalog beyond those to keep.</summary>
    /// <param name="catalog">The identity of the catalog.</param>
    /// <exception cref="IOException">One can't be removed.</exception>
    public void Prune(long catalog) => _backups.Prune(options.Keep, catalog);

    /// <summary>Removes what interrupted backups have left.</summary>
    /// <exception cref="BackupException">Another process writes a backup.</exception>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public void Sweep()
    {
        using var held = _backups.Lock();
        _backups.Sweep();
    }

    private void SweepRest()
    {
        try
        {
            _backups.Sweep();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next sweep tries again; the reason why there is no backup matters more.
        }
    }

    private async Task<BackupManifest> WritePartsAsync(
        string dataFolder, string folder, DateTimeOffset began, BackupProgress progress, CancellationToken cancellationToken)
    {
        var source = new SqliteOptions { DataFolder = dataFolder };
        var pace = new BackupPace(options, [options.Folder, dataFolder], progress, time);
        progress.SetCatalog(new FileInfo(source.DatabasePath).Length);
        progress.SetIndexes(IndexCopy.Measure(dataFolder));
        pace.CheckSpace(progress.TotalBytes);

        var files = new List<BackupFile>(await new IndexCopy(pace, progress).RunAsync(dataFolder, folder, cancellationToken).ConfigureAwait(false));
        var copy = Path.Combine(folder, CopiedCatalog.FileName);
        await new CatalogCopy(source, pace, progress).RunAsync(copy, cancellationToken).ConfigureAwait(false);
        var hash = await FileHash.OfAsync(copy, pace.SpendAsync, cancellationToken).ConfigureAwait(false);
        files.Insert(0, new BackupFile(CopiedCatalog.FileName, new FileInfo(copy).Length, hash));

        using var catalog = CopiedCatalog.Open(copy);
        var manifest = new BackupManifest(
            BackupManifest.CurrentFormat, Version, catalog.Schema, catalog.Identity, CatalogTime.Text(began), CatalogTime.Text(time), catalog.Tables(), files);
        ManifestFile.Write(folder, manifest);
        return manifest;
    }
}
