namespace ImageSearch.Storage;

/// <summary>
/// Keeps a second process off the data folder: the vectors in one process would miss what the other writes. The operating system lets
/// go of the lock when the process ends, however it ends.
/// </summary>
public sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a folder, which is made where it is missing.</summary>
    /// <exception cref="CatalogException">Another process has the folder, or it can't be written.</exception>
    public static DataFolderLock Take(string folder)
    {
        var path = Path.Combine(folder, "catalog.lock");
        try
        {
            Directory.CreateDirectory(folder);

            // FileShare.None is flock() on Unix: two openings exclude each other even within one process.
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            try
            {
                // A POSIX lock as well, for file systems (NFS) where flock() is not passed on; macOS has no such call in .NET.
                if (!OperatingSystem.IsMacOS())
                {
                    file.Lock(0, 1);
                }

                return new DataFolderLock(file);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        // The lock file is there and this user may write it, so what failed was the lock.
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException) && File.Exists(path))
        {
            throw new CatalogException(
                FailureCode.CatalogUnavailable,
                $"the data folder '{folder}' is in use by another ImageSearch process; " +
                "stop that one, or give this one a DATA_PATH of its own",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CatalogException(
                FailureCode.CatalogUnavailable,
                $"the data folder '{folder}' can't be written; make DATA_PATH a folder that the service's user may write",
                e);
        }
    }

    /// <summary>Lets the folder go.</summary>
    public void Dispose() => _file.Dispose();
}
