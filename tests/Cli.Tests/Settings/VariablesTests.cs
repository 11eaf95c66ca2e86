using System.Reflection;
using System.Runtime.CompilerServices;
using ImageSearch.Cli.Settings;

namespace ImageSearch.Cli.Tests.Settings;

public sealed class VariablesTests
{
    [Fact]
    public void Every_variable_is_a_setting_of_the_service()
    {
        var page = File.ReadAllLines(Path.Combine(Root(), "docs", "configuration.md"));

        foreach (var variable in typeof(Variables).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => (string)field.GetRawConstantValue()!))
            page.ShouldContain(line => line.StartsWith($"| {variable} |", StringComparison.Ordinal), variable);
    }

    private static string Root([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));
}
