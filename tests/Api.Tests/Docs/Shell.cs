using System.Diagnostics;

namespace ImageSearch.Api.Tests.Docs;

/// <summary>Runs the commands of a page as a reader does: in bash, in the repository's root.</summary>
internal static class Shell
{
    /// <summary>The command, for a service at another address than the page's.</summary>
    public static string AtAddress(string command, Uri address) =>
        command.Replace("http://127.0.0.1:5000/", address.ToString(), StringComparison.Ordinal)
            .Replace("http://127.0.0.1:7000/", address.ToString(), StringComparison.Ordinal);

    /// <returns>Its output.</returns>
    public static async Task<string> RunAsync(string command)
    {
        var start = new ProcessStartInfo("bash", ["-c", command]) { WorkingDirectory = ReadmeBlocks.Root(), RedirectStandardOutput = true };
        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return output;
    }
}
