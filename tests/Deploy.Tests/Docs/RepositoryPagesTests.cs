using System.Text.RegularExpressions;

namespace ImageSearch.Deploy.Tests.Docs;

/// <summary>The pages for those who change, report or operate: their links and names lead somewhere.</summary>
public sealed partial class RepositoryPagesTests
{
    private const string Architecture = "docs/architecture.md";
    private const string Records = "docs/adr";

    public static TheoryData<string> Pages =>
    [
        "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", Architecture, "samples/clients/README.md", .. Repository.Files(Records, "*.md"),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_to_a_file_and_a_heading_of_it(string page)
    {
        foreach (Match link in Links().Matches(Repository.Read(page)))
        {
            var (path, heading) = (link.Groups["path"].Value, link.Groups["heading"].Value);
            var target = path.Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, path);
            Path.Exists(Repository.PathOf(target)).ShouldBeTrue($"{page} links to {path}");
            if (heading.Length > 0) Anchors(target).ShouldContain(heading, $"{page} links to {path}#{heading}");
        }
    }

    [Theory]
    [InlineData("CONTRIBUTING.md")]
    [InlineData(Architecture)]
    public void Every_folder_that_a_page_names_exists(string page)
    {
        foreach (var folder in Folders().Matches(Repository.Read(page)).Select(match => match.Groups["path"].Value).Distinct())
            Path.Exists(Repository.PathOf(folder)).ShouldBeTrue($"{page} names {folder}");
    }

    [Fact]
    public void Every_setting_that_the_page_of_security_names_exists() =>
        Names().Matches(Repository.Read("SECURITY.md")).Select(match => match.Value).Distinct().ShouldBeSubsetOf(ServiceSources.Settings);

    [Fact]
    public void Every_decision_record_is_in_the_index_and_has_its_parts()
    {
        var records = Repository.Files(Records, "0*.md").ToList();
        records.Count.ShouldBeGreaterThanOrEqualTo(5);
        var index = Repository.Read($"{Records}/README.md");
        for (var i = 0; i < records.Count; i++)
        {
            var (name, text) = (Path.GetFileName(records[i]), Repository.Read(records[i]));
            name.ShouldStartWith($"{i + 1:0000}-");
            index.ShouldContain($"({name})");
            string[] parts = ["\nStatus: ", "## Context", "## Decision", "## Consequences", "## Measured"];
            foreach (var part in parts) text.ShouldContain(part, Case.Sensitive, name);
        }
    }

    [Fact]
    public void The_changelog_has_the_form_of_keepachangelog_and_the_version_that_is_built()
    {
        var headings = Repository.Read("CHANGELOG.md").Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)).ToList();
        headings[0].ShouldBe("## Unreleased");
        foreach (var heading in headings.Skip(1)) heading.ShouldMatch(@"^## \d+\.\d+\.\d+ - \d{4}-\d{2}-\d{2}$");
        headings.ShouldContain(heading => heading.StartsWith($"## {Repository.Version} ", StringComparison.Ordinal));
        string[] kinds = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];
        Kinds().Matches(Repository.Read("CHANGELOG.md")).Select(match => match.Groups["kind"].Value).Distinct().ShouldBeSubsetOf(kinds);
    }

    // As GitHub makes them: lower case, no punctuation, spaces become hyphens.
    private static IEnumerable<string> Anchors(string page) =>
        Headings().Matches(Repository.Read(page)).Select(match => match.Groups["text"].Value.Trim().ToLowerInvariant())
            .Select(text => string.Concat(text.Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_')))
            .Select(text => text.Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?!https?:)(?<path>[^)#]*)(#(?<heading>[^)]+))?\)", RegexOptions.CultureInvariant)]
    private static partial Regex Links();

    [GeneratedRegex("`(?<path>(src|tests|bench|docs|deploy|eng|models|samples)(/[A-Za-z0-9.-]+)*)`", RegexOptions.CultureInvariant)]
    private static partial Regex Folders();

    [GeneratedRegex(@"(?<![\w$])[A-Z][A-Z0-9]*(_[A-Z0-9]+)+(?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Names();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex("^### (?<kind>.+)$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Kinds();
}
