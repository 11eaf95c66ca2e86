using System.Diagnostics;

namespace ImageSearch.Cli.Tests.Terminal;

/// <summary>Runs programs on a terminal, which script(1) makes.</summary>
internal static class PseudoTerminal
{
    private static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(2);

    /// <summary>The variables by which terminals tell what they are: those of the machine that runs the tests do not count.</summary>
    private static readonly string[] Variables = ["TMUX", "STY", "TERM_PROGRAM", "LC_TERMINAL", "KONSOLE_VERSION"];

    /// <summary>Runs a command of a shell until it ends.</summary>
    /// <param name="command">The command.</param>
    /// <param name="environment">Its variables besides those of this process.</param>
    /// <param name="typed">What a person types.</param>
    /// <returns>All that it wrote to the terminal.</returns>
    public static async Task<string> RunAsync(string command, IReadOnlyDictionary<string, string> environment, string typed = "")
    {
        var start = new ProcessStartInfo("script", ["--quiet", "--return", "--command", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var name in Variables) start.Environment.Remove(name);
        start.Environment["TERM"] = "xterm-256color";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(MaxTime);
        await using var end = limit.Token.Register(() => process.Kill(entireProcessTree: true));
        await process.StandardInput.WriteAsync(typed);
        await process.StandardInput.FlushAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }

    /// <summary>The command that runs this program.</summary>
    public static string Program { get; } = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "imagesearch.dll")}'";
}
