using System.CommandLine;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ImageSearch.Cli.Commands;
using ImageSearch.Cli.Settings;

namespace ImageSearch.Cli.Tests.Settings;

/// <summary>docs/configuration.md documents the settings of the service. The command line has the same names and defaults.</summary>
public sealed partial class VariablesTests
{
    private static readonly Dictionary<string, string> Defaults = File.ReadLines(Path.Combine(Root(), "docs", "configuration.md"))
        .Select(line => Row().Match(line)).Where(row => row.Success)
        .ToDictionary(row => row.Groups["name"].Value, row => row.Groups["default"].Value.Trim().Trim('`'));

    [Fact]
    public void Every_variable_but_those_of_the_program_is_a_setting_of_the_service() =>
        typeof(Variables).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => (string)field.GetRawConstantValue()!)
            .Where(name => !name.StartsWith("IMAGESEARCH_", StringComparison.Ordinal)).Except(Defaults.Keys).ShouldBeEmpty();

    [Theory]
    [InlineData(Variables.DataPath)]
    [InlineData(Variables.MetricType)]
    [InlineData(Variables.MilvusPort)]
    [InlineData(Variables.MySqlPort)]
    [InlineData(Variables.MySqlTls)]
    [InlineData(Variables.SimTable)]
    public void The_default_is_the_one_of_the_service(string variable)
    {
        var descriptions = Options(CommandLine.Create(TimeProvider.System)).Select(option => option.Description ?? "")
            .Where(description => description.Contains($"Default: the variable {variable}, or ", StringComparison.Ordinal)).Distinct().ToList();

        descriptions.ShouldHaveSingleItem().ShouldEndWith($", or {Defaults[variable]}.", Case.Insensitive);
    }

    private static IEnumerable<Option> Options(Command command) => command.Options.Concat(command.Subcommands.SelectMany(Options));

    private static string Root([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));

    [GeneratedRegex(@"^\| (?<name>[A-Z][A-Z_]+) \|(?<default>[^|]*)\|", RegexOptions.CultureInvariant)]
    private static partial Regex Row();
}
