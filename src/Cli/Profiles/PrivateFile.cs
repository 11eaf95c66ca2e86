namespace ImageSearch.Cli.Profiles;

/// <summary>Files that only their owner may read.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file under a temporary name and renames it, so that it is never there in part.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        CreateFolder(Path.GetDirectoryName(path)!);
        var temporary = path + ".part";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerFile;
        using (var file = new FileStream(temporary, options)) file.Write(content);
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Whether others than its owner may read a file. Windows decides by the folder of the user.</summary>
    public static bool IsShared(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerFolder) != 0;

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnerFolder);
    }
}
