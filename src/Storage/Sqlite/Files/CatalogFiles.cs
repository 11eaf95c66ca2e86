using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Sessions;

namespace ImageSearch.Storage.Sqlite.Files;

/// <summary>
/// Notices that a file which the catalog has open was removed or replaced under it: what is written to such a file is lost when the process
/// ends, however well it was synced.
/// </summary>
internal sealed class CatalogFiles(SqliteOptions options)
{
    private readonly string _lock = Path.Combine(options.DataFolder, DataFolderLock.FileName);
    private readonly string _log = options.DatabasePath + "-wal";
    private readonly string _index = options.DatabasePath + "-shm";
    private FileIdentity? _noted;
    private FileIdentity? _notedLock;
    private FileIdentity? _notedLog;
    private FileIdentity? _notedIndex;

    /// <summary>Takes the files as they are now for those that are open: called after an opening, once the log is there.</summary>
    public void Note()
    {
        // The catalog and the lock stay open for life, and what replaces them is never theirs.
        _noted ??= FileIdentity.Of(options.DatabasePath);
        _notedLock ??= FileIdentity.Of(_lock);
        _notedLog = FileIdentity.Of(_log);
        _notedIndex = FileIdentity.Of(_index);
    }

    /// <summary>Ends a write where the catalog itself is gone, or another service may have been let in.</summary>
    /// <exception cref="CatalogException">Names the file and says what to do.</exception>
    public void ThrowIfGone()
    {
        if (_noted is not null && FileIdentity.Of(options.DatabasePath) != _noted) throw SqliteErrors.FileGone();
        if (_notedLock is not null && FileIdentity.Of(_lock) != _notedLock) throw SqliteErrors.LockGone();
    }

    /// <summary>What the connection has open is not all in the folder.</summary>
    public bool AreGone() => (_noted is not null && FileIdentity.Of(options.DatabasePath) != _noted) || LogIsGone();

    /// <summary>The write-ahead log or its index was removed or replaced; the connection still has the old one.</summary>
    public bool LogIsGone() =>
        (_notedLog is not null && FileIdentity.Of(_log) != _notedLog) || (_notedIndex is not null && FileIdentity.Of(_index) != _notedIndex);
}
