using System.Text.RegularExpressions;

namespace ImageSearch.Deploy.Tests.Docs;

/// <summary>docs/configuration.md lists the settings that the service reads, in both languages alike.</summary>
public sealed partial class ConfigurationPageTests
{
    private const string Page = "docs/configuration.md";
    private const string ChinesePage = "docs/configuration.zh-CN.md";

    // Environment variables for libraries, not settings of the service.
    private static readonly string[] OfLibraries = ["ASPNETCORE_HTTP_PORTS", "ORT_DISABLE_TELEMETRY", "VIPS_WARNING"];

    [Fact]
    public void Every_setting_that_the_service_reads_is_listed_once_and_no_other() =>
        SettingsTable.Of(Page).Select(row => row.Name).Order(StringComparer.Ordinal)
            .ShouldBe(ServiceSources.Settings.Except(OfLibraries).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(Page)]
    [InlineData(ChinesePage)]
    public void Every_setting_has_a_range_and_a_meaning(string page) =>
        SettingsTable.Of(page).Where(row => row.Range.Length == 0 || row.Meaning.Length == 0).ShouldBeEmpty();

    [Fact]
    public void Both_languages_list_the_same_settings_defaults_and_bounds() =>
        SettingsTable.Of(ChinesePage).Select(Facts).ShouldBe(SettingsTable.Of(Page).Select(Facts));

    [Theory]
    [InlineData("README.md", Page)]
    [InlineData("README.zh-CN.md", ChinesePage)]
    public void The_settings_in_the_README_are_described_as_on_the_page(string readme, string page)
    {
        var rows = SettingsTable.Of(readme);

        rows.ShouldNotBeEmpty();
        rows.ShouldBeSubsetOf(SettingsTable.Of(page));
    }

    // What a translation keeps: the name, literals and numbers.
    private static string Facts(SettingsTable.Row row) =>
        $"{row.Name}: {Join(Literals(), row.Default)} {Join(Numbers(), row.Default)}, {Join(Literals(), row.Range)} {Join(Numbers(), row.Range)}";

    private static string Join(Regex pattern, string text) => string.Join(' ', pattern.Matches(text).Select(match => match.Value));

    [GeneratedRegex("`[^`]+`", RegexOptions.CultureInvariant)]
    private static partial Regex Literals();

    [GeneratedRegex("[0-9]+(,[0-9]+)*", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
