using System.Diagnostics;

namespace ImageSearch.Storage.Tests.Sqlite.ChildProcess;

/// <summary>A running <see cref="Program"/>; killed when it is disposed.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;

    private Child(Process process) => _process = process;

    public TextReader Output => _process.StandardOutput;

    public static Child Start(params string[] args) => Start(new ProcessStartInfo(Dotnet), ["exec", Assembly, .. args]);

    /// <summary>A child that can't extend files: the closest to a full disk that a test without privileges can get.</summary>
    public static Child StartWithFileLimit(int kilobytes, params string[] args)
    {
        var start = new ProcessStartInfo("/bin/bash");
        // The runtime keeps its own code in unnamed files, which the limit would affect too.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return Start(start, ["-c", $"trap '' XFSZ; ulimit -f {kilobytes}; exec \"$@\"", "child", Dotnet, "exec", Assembly, .. args]);
    }

    /// <summary>SIGKILL: the process can't clean up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static string Assembly => typeof(Program).Assembly.Location;

    // The host that runs this test is three folders above the runtime's assemblies.
    private static string Dotnet => Path.GetFullPath(
        Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "dotnet"));

    private static Child Start(ProcessStartInfo start, IEnumerable<string> args)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardInput = true;
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        return new Child(Process.Start(start)!);
    }
}
