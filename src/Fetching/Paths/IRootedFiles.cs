using Microsoft.Win32.SafeHandles;

namespace ImageSearch.Fetching.Paths;

/// <summary>Opens files that really lie below the configured roots.</summary>
internal interface IRootedFiles
{
    /// <summary>Opens a regular file for reading; never waits for a writer as opening a FIFO does.</summary>
    /// <param name="path">A normalized absolute path that lies below a root by its name.</param>
    /// <returns>The file; null where it is missing, is no regular file, may not be read or really lies elsewhere.</returns>
    SafeFileHandle? Open(string path);
}
