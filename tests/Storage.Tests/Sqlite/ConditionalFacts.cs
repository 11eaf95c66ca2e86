using System.Runtime.InteropServices;

namespace ImageSearch.Storage.Tests.Sqlite;

/// <summary>A test that needs the system's own SQLite, Debian's package libsqlite3-0.</summary>
internal sealed class SystemSqliteFactAttribute : FactAttribute
{
    public const string Library = "libsqlite3.so.0";

    public SystemSqliteFactAttribute()
    {
        if (!NativeLibrary.TryLoad(Library, out _))
        {
            Skip = $"{Library} is not on this machine";
        }
    }
}

/// <summary>A test that limits a process by the shell's ulimit.</summary>
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "needs Linux";
        }
    }
}
