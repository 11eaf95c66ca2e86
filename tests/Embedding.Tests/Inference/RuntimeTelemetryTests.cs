using System.Diagnostics;
using ImageSearch.Embedding.Inference;

namespace ImageSearch.Embedding.Tests.Inference;

/// <summary>ONNX Runtime sends no telemetry and writes no device id or log.</summary>
public sealed class RuntimeTelemetryTests
{
    [Fact]
    public async Task A_process_that_runs_a_network_writes_no_files_to_the_folders_of_telemetry()
    {
        var folder = Directory.CreateTempSubdirectory("telemetry-");
        try
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(RuntimeTelemetryTests).Assembly.Location, TestModels.Default]);
            foreach (var variable in (string[])["HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "TMPDIR"]) start.Environment[variable] = folder.FullName;
            start.Environment.Remove(RuntimeTelemetry.Variable);
            // .NET would create a pipe and shared memory for debuggers in these folders.
            start.Environment["DOTNET_EnableDiagnostics"] = "0";
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(0);
            Directory.EnumerateFiles(folder.FullName, "*", SearchOption.AllDirectories).ShouldBeEmpty();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_library_reads_the_variable_that_disables_telemetry()
    {
        var library = Directory.EnumerateFiles(AppContext.BaseDirectory, "*onnxruntime.*", SearchOption.AllDirectories)
            .Single(file => Path.GetFileName(file) is "libonnxruntime.so" or "libonnxruntime.dylib" or "onnxruntime.dll");
        File.ReadAllBytes(library).AsSpan().IndexOf("ORT_DISABLE_TELEMETRY"u8).ShouldBePositive();
    }
}
