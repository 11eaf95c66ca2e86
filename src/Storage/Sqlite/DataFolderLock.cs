using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Files;

namespace ImageSearch.Storage.Sqlite;

/// <summary>
/// Prevents a second process from using the data folder: the vectors in one process would miss what the other writes. The operating
/// system releases the lock when the process ends for any reason. On Linux the folder itself is locked too, so removing the lock file
/// does not unlock it.
/// </summary>
public sealed class DataFolderLock : IDisposable
{
    internal const string FileName = "catalog.lock";

    private readonly FileStream _file;
    private readonly LockedFolder? _folder;

    private DataFolderLock(FileStream file, LockedFolder? folder) => (_file, _folder) = (file, folder);

    /// <summary>Locks a folder, which is created if missing.</summary>
    /// <exception cref="CatalogException">Another process uses the folder, or it is not writable.</exception>
    public static DataFolderLock Take(string folder)
    {
        FileStream? file = null;
        LockedFolder? locked = null;
        try
        {
            Directory.CreateDirectory(folder);

            // FileShare.None is flock() on Unix, which excludes a second handle even within one process.
            file = new FileStream(
                Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            LockRange(file, folder);
            if (OperatingSystem.IsLinux()) locked = LockedFolder.Take(folder) ?? throw InUse(folder, null);
            return new DataFolderLock(file, locked);
        }
        catch (Exception e)
        {
            file?.Dispose();
            if (e is not (IOException or UnauthorizedAccessException)) throw;
            throw FolderFault.IsHeld(e) ? InUse(folder, e) : new CatalogException(FailureCode.CatalogUnavailable, FolderFault.Sentence(folder, e), e);
        }
    }

    /// <summary>Releases the folder.</summary>
    public void Dispose()
    {
        _folder?.Dispose();
        _file.Dispose();
    }

    // A POSIX lock as well, for file systems (NFS) that ignore flock(); .NET does not support it on macOS.
    private static void LockRange(FileStream file, string folder)
    {
        if (OperatingSystem.IsMacOS()) return;
        try
        {
            file.Lock(0, 1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw InUse(folder, e);
        }
    }

    private static CatalogException InUse(string folder, Exception? e) => new(
        FailureCode.CatalogUnavailable,
        $"the data folder '{folder}' is in use by another ImageSearch process; stop that one, or give this one its own DATA_PATH",
        e);
}
