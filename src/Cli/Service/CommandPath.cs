using System.CommandLine.Parsing;

namespace ImageSearch.Cli.Service;

/// <summary>The names of a command and those above it, without that of the program.</summary>
internal static class CommandPath
{
    public static string Of(CommandResult result)
    {
        var names = new Stack<string>();
        for (var at = result; at?.Parent is not null; at = at.Parent as CommandResult) names.Push(at.Command.Name);
        return string.Join(' ', names);
    }
}
