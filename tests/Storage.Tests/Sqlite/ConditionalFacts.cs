namespace ImageSearch.Storage.Tests.Sqlite;

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
