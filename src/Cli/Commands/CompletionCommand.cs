using System.CommandLine;
using ImageSearch.Cli.Completion;

namespace ImageSearch.Cli.Commands;

/// <summary><c>imagesearch completion bash|zsh|fish</c>.</summary>
internal static class CompletionCommand
{
    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong([.. CompletionScript.All.Keys]);
        var command = new Command("completion", "Prints a script that completes commands and options in a shell.") { shell };
        command.SetAction(parsed => parsed.InvocationConfiguration.Output.WriteLine(CompletionScript.All[parsed.GetValue(shell)!]));
        return command;
    }
}
