using System.Runtime.InteropServices;

namespace ImageSearch.Embedding;

/// <summary>Sets environment variables for native libraries: on Unix, .NET has its own copy, which native code does not read.</summary>
internal static partial class NativeEnvironment
{
    /// <summary>Sets a variable of this process for managed and native code.</summary>
    internal static void Set(string name, string value)
    {
        Environment.SetEnvironmentVariable(name, value);
        if (!OperatingSystem.IsWindows()) _ = SetVariable(name, value, overwrite: 1);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
