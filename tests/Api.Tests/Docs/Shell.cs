using System.Diagnostics;

namespace ImageSearch.Api.Tests.Docs;

/// <summary>Runs a page's commands as a reader does: in bash, in the repository's folder.</summary>
internal static class Shell
{
    /// <summary>The command for a service that is somewhere else than the page says.</summary>
    public static string AtAddress(string command, Uri address) =>
        command.Replace("http://127.0.0.1:5000/", address.ToString(), StringComparison.Ordinal)
            .Replace("http://127.0.0.1:7000/", address.ToString(), StringComparison.Ordinal);

    /// <returns>What it printed.</returns>
    public static async Task<string> RunAsync(string command)
    {
        var start = new ProcessStartInfo("bash", ["-c", command]) { WorkingDirectory = ReadmeBlocks.Root(), RedirectStandardOutput = true };
        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return output;
    }
}
