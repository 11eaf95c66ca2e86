using Microsoft.Win32.SafeHandles;

namespace ImageSearch.Fetching.Paths;

/// <summary>Opens files and folders whose real path is below a configured root.</summary>
internal interface IRootedFiles
{
    /// <summary>Opens a regular file for reading. Never blocks, not even on a FIFO.</summary>
    /// <param name="path">A normalized absolute path that is below a root by its name.</param>
    /// <returns>The file; null if it is missing, not a regular file, not readable or outside the roots by its real path.</returns>
    SafeFileHandle? Open(string path);

    /// <summary>Opens a folder.</summary>
    /// <param name="path">A normalized absolute path that is a root or below one by its name.</param>
    /// <returns>The folder; null if it is missing, no folder, or neither a root nor below one by its real path.</returns>
    RootedFolder? OpenFolder(string path);
}
