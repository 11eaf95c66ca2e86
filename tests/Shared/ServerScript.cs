using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ImageSearch.Testing;

/// <summary>A test's own server, started and killed by a script in <c>.ci</c>, with its own folder.</summary>
internal sealed class ServerScript(string name) : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory($"imagesearch-{name}-").FullName;

    /// <summary>Starts the server, or restarts it on the same data.</summary>
    /// <returns>The address that the script prints.</returns>
    public async Task<string> StartAsync() => (await RunAsync("start")).Trim();

    /// <summary>kill -9.</summary>
    public Task KillAsync() => RunAsync("kill");

    public async ValueTask DisposeAsync()
    {
        await RunAsync("kill");
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string> RunAsync(string action, [CallerFilePath] string thisFile = "")
    {
        var script = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".ci", name));
        using var process = Process.Start(new ProcessStartInfo("bash", [script, action, _folder]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($".ci/{name} {action} failed: {await errors}");
    }
}
