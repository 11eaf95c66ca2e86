using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Sessions;

namespace ImageSearch.Storage.Sqlite.Files;

/// <summary>
/// Detects that a file which the catalog has open was removed or replaced: what is written to such a file is lost when the process ends,
/// even if it was synced.
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

    /// <summary>Records the identities of the open files: called after opening, once the log exists.</summary>
    public void Note()
    {
        // The catalog and the lock stay open for the process's life, so their first identities remain valid.
        _noted ??= FileIdentity.Of(options.DatabasePath);
        _notedLock ??= FileIdentity.Of(_lock);
        _notedLog = FileIdentity.Of(_log);
        _notedIndex = FileIdentity.Of(_index);
    }

    /// <summary>Throws if the catalog file is gone, or another process may have locked the folder.</summary>
    /// <exception cref="CatalogException">The message names the file and says what to do.</exception>
    public void ThrowIfGone()
    {
        if (_noted is not null && FileIdentity.Of(options.DatabasePath) != _noted) throw SqliteErrors.FileGone();
        if (_notedLock is not null && FileIdentity.Of(_lock) != _notedLock) throw SqliteErrors.LockGone();
    }

    /// <summary>Whether a file that the connection has open is no longer in the folder.</summary>
    public bool AreGone() => (_noted is not null && FileIdentity.Of(options.DatabasePath) != _noted) || LogIsGone();

    /// <summary>Whether the write-ahead log or its index was removed or replaced; the connection still has the old one.</summary>
    public bool LogIsGone() =>
        (_notedLog is not null && FileIdentity.Of(_log) != _notedLog) || (_notedIndex is not null && FileIdentity.Of(_index) != _notedIndex);
}
