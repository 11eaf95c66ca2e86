using System.Runtime.InteropServices;

namespace ImageSearch.Embedding.Inference;

/// <summary>
/// ONNX Runtime's own builds report their use to its makers, and leave an id and a log of it on the machine, unless a variable forbids it
/// before the library is loaded (seen in 1.29 on Linux). A shop's server reports nothing.
/// </summary>
internal static partial class RuntimeTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    /// <summary>Forbids it for this process; to be called before the first use of ONNX Runtime.</summary>
    internal static void Forbid()
    {
        // The runtime's own variables are a copy on Unix, which native code does not see.
        Environment.SetEnvironmentVariable(Variable, "1");
        if (!OperatingSystem.IsWindows()) _ = SetVariable(Variable, "1", overwrite: 1);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
