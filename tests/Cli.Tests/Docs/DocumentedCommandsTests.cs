using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ImageSearch.Cli.Commands;
using ImageSearch.Cli.Service;

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
            Errors(command).ShouldBeEmpty(command);
        }
    }

    [Theory]
    [InlineData("docs/cli.md")]
    [InlineData("docs/cli.zh-CN.md")]
    public void Every_command_has_an_example_that_parses(string page)
    {
        var examples = Examples().Matches(File.ReadAllText(Path.Combine(Root(), page))).Select(match => match.Groups["arguments"].Value).ToList();
        foreach (var example in examples) Errors(example).ShouldBeEmpty(example);
        examples.Select(example => CommandPath.Of(CommandLine.Create(TimeProvider.System).Parse(example).CommandResult)).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(Leaves(CommandLine.Create(TimeProvider.System), "").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Both_languages_have_the_same_examples_and_exit_codes()
    {
        var (english, chinese) = (File.ReadAllText(Path.Combine(Root(), "docs/cli.md")), File.ReadAllText(Path.Combine(Root(), "docs/cli.zh-CN.md")));
        Examples().Matches(chinese).Select(match => match.Value).ShouldBe(Examples().Matches(english).Select(match => match.Value));
        var codes = typeof(ExitCode).GetFields().Select(field => $"| {field.GetRawConstantValue()} |").ToList();
        foreach (var code in codes) (english.Contains(code, StringComparison.Ordinal), chinese.Contains(code, StringComparison.Ordinal)).ShouldBe((true, true), code);
    }

    // The files and folders do not exist here.
    private static IEnumerable<string> Errors(string command) => CommandLine.Create(TimeProvider.System).Parse(command).Errors
        .Select(error => error.Message)
        .Where(message => !message.StartsWith("File does not exist", StringComparison.Ordinal)
            && !message.StartsWith("Directory does not exist", StringComparison.Ordinal));

    private static IEnumerable<string> Leaves(System.CommandLine.Command command, string path) => command.Subcommands.Count == 0
        ? [path]
        : command.Subcommands.SelectMany(child => Leaves(child, path.Length == 0 ? child.Name : $"{path} {child.Name}"));

    private static string Root([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));

    [GeneratedRegex(@"--project src/Cli -- (?<arguments>[^\r\n`]+)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Commands();

    [GeneratedRegex(@"^imagesearch (?<arguments>[^\r\n`]+?)( > [^""\r\n]+)?$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Examples();
}
