using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ImageSearch.Cli.Commands;

namespace ImageSearch.Cli.Tests.Docs;

/// <summary>The commands in the documentation are valid.</summary>
public sealed partial class DocumentedCommandsTests
{
    [Theory]
    [InlineData("README.md", 3)]
    [InlineData("README.zh-CN.md", 3)]
    [InlineData("docs/migration.md", 9)]
    [InlineData("docs/backup.md", 4)]
    [InlineData("docs/backup.zh-CN.md", 4)]
    public void Every_command_of_a_page_parses(string page, int count)
    {
        var commands = Commands().Matches(File.ReadAllText(Path.Combine(Root(), page))).Select(match => match.Groups["arguments"].Value).ToList();

        commands.Count.ShouldBe(count);
        foreach (var command in commands)
        {
            // The files and folders do not exist here.
            var errors = CommandLine.Create(TimeProvider.System).Parse(command).Errors
                .Select(error => error.Message)
                .Where(message => !message.StartsWith("File does not exist", StringComparison.Ordinal)
                    && !message.StartsWith("Directory does not exist", StringComparison.Ordinal));
            errors.ShouldBeEmpty(command);
        }
    }

    private static string Root([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));

    [GeneratedRegex(@"--project src/Cli -- (?<arguments>[^\r\n`]+)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Commands();
}
