using System.Reflection;
using System.Text.RegularExpressions;
using ImageSearch.Api.Hosting;
using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.Silo.Settings;

namespace ImageSearch.Api.Tests.Docs;

/// <summary>docs/configuration.md describes the declared settings, in both languages.</summary>
public sealed partial class ConfigurationPageTests
{
    private const string Page = "docs/configuration.md";
    private const string ChinesePage = "docs/configuration.zh-CN.md";

    public static TheoryData<string> Names => [.. ProcessSettings.Definitions.Select(setting => setting.Name)];

    [Theory]
    [InlineData(Page)]
    [InlineData(ChinesePage)]
    public void Every_declared_setting_is_listed_once_and_no_other(string page) =>
        SettingsTable.Of(page).Select(row => row.Name).Order(StringComparer.Ordinal)
            .ShouldBe(ProcessSettings.Definitions.Select(setting => setting.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_row_has_the_declared_default_range_and_meaning(string name)
    {
        var setting = Declared(name);
        var row = Row(Page, name);

        row.Default.ShouldBe(setting.DefaultText, StringCompareShould.IgnoreCase);
        row.Range.ShouldBe(setting.RangeText, StringCompareShould.IgnoreCase);
        row.Meaning.ShouldStartWith(setting.Meaning, Case.Sensitive);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_Chinese_row_has_the_literals_and_numbers_of_the_declaration(string name)
    {
        var setting = Declared(name);
        var row = Row(ChinesePage, name);

        Facts(row.Default).ShouldBe(Facts(setting.DefaultText));
        Facts(row.Range).ShouldBe(Facts(setting.RangeText));
        (row.Range == "布尔值").ShouldBe(setting is BooleanSetting);
        row.Default.Length.ShouldBe(setting.DefaultText.Length == 0 ? 0 : row.Default.Length);
        row.Range.ShouldNotBeEmpty();
        row.Meaning.ShouldNotBeEmpty();
    }

    [Fact]
    public void Every_declaration_in_the_sources_is_in_the_catalog()
    {
        Assembly[] assemblies = [typeof(ProcessSettings).Assembly, typeof(SiloSettingCatalog).Assembly, typeof(Setting).Assembly];
        var declared = assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(SettingGroup.Of);

        declared.ShouldBe(ProcessSettings.Definitions, ignoreOrder: true);
    }

    [Fact]
    public void A_meaning_is_one_sentence() =>
        ProcessSettings.Definitions.Select(setting => setting.Meaning).ShouldAllBe(meaning => Sentence().IsMatch(meaning));

    [Theory]
    [InlineData("README.md", Page)]
    [InlineData("README.zh-CN.md", ChinesePage)]
    public void The_settings_in_the_README_are_described_as_on_the_page(string readme, string page)
    {
        var rows = SettingsTable.Of(readme);

        rows.ShouldNotBeEmpty();
        rows.ShouldBeSubsetOf(SettingsTable.Of(page));
    }

    private static Setting Declared(string name) => ProcessSettings.Definitions.Single(setting => setting.Name == name);

    private static SettingsTable.Row Row(string page, string name) => SettingsTable.Of(page).Single(row => row.Name == name);

    // What a translation keeps: literals and numbers.
    private static IEnumerable<string> Facts(string text) => LiteralsAndNumbers().Matches(text).Select(match => match.Value.ToUpperInvariant());

    [GeneratedRegex("`[^`]+`|[0-9]+(,[0-9]+)*", RegexOptions.CultureInvariant)]
    private static partial Regex LiteralsAndNumbers();

    // Ends with a full stop and has no other before a capital letter.
    [GeneratedRegex(@"^(?!.*\. [A-Z]).*\.$", RegexOptions.CultureInvariant)]
    private static partial Regex Sentence();
}
