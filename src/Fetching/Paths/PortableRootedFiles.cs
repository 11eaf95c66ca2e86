using Microsoft.Win32.SafeHandles;

namespace ImageSearch.Fetching.Paths;

/// <summary>
/// For systems other than Linux. Stricter: below a root no link is followed. The path is checked before and after opening; between the two
/// checks a user with write access below a root can still swap a folder for a link and back.
/// </summary>
/// <param name="roots">Normalized absolute folders.</param>
internal sealed class PortableRootedFiles(IReadOnlyList<string> roots) : IRootedFiles
{
    private const FileAttributes NotRegular = FileAttributes.Directory | FileAttributes.Device | FileAttributes.ReparsePoint;

    /// <inheritdoc/>
    public SafeFileHandle? Open(string path)
    {
        try
        {
            if (!IsPlain(path))
                return null;
            var handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            if (IsPlain(path))
                return handle;
            handle.Dispose();
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public RootedFolder? OpenFolder(string path)
    {
        try
        {
            var isRoot = roots.Contains(path, StringComparer.Ordinal);
            var type = File.GetAttributes(path) & NotRegular;
            return (isRoot || (HasPlainFolders(path) && type == FileAttributes.Directory)) && type.HasFlag(FileAttributes.Directory)
                ? new RootedFolder(path, handle: null)
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private bool IsPlain(string path) =>
        // FIFOs, sockets and devices appear as files of length 0, and opening a FIFO would block.
        HasPlainFolders(path) && (File.GetAttributes(path) & NotRegular) == 0 && new FileInfo(path).Length > 0;

    private bool HasPlainFolders(string path)
    {
        // On Windows a colon after the drive letter names a stream of a file.
        if (OperatingSystem.IsWindows() && path.IndexOf(':', 2) >= 0)
            return false;
        if (roots.FirstOrDefault(each => RootedPath.IsBelow(each, path)) is not { } root)
            return false;

        for (var folder = Path.GetDirectoryName(path); folder is not null && folder.Length > root.Length; folder = Path.GetDirectoryName(folder))
        {
            if (File.GetAttributes(folder).HasFlag(FileAttributes.ReparsePoint))
                return false;
        }

        return true;
    }
}
