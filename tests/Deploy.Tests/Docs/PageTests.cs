using System.Text.RegularExpressions;

namespace ImageSearch.Deploy.Tests.Docs;

/// <summary>The links, files and settings on the pages about deployment.</summary>
public sealed partial class PageTests
{
    public static TheoryData<string> Pages => ["deploy/README.md", "docs/scale.md"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_into_the_repository_has_a_target(string page)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(page))!;
        foreach (Match link in Links().Matches(Repository.Read(page)))
            Path.Exists(Path.Combine(folder, link.Groups["path"].Value)).ShouldBeTrue($"{page} links to {link.Groups["path"].Value}");
    }

    [Fact]
    public void Every_file_that_a_command_names_exists()
    {
        var files = Files().Matches(Repository.Read("deploy/README.md")).Select(match => match.Value).Distinct().ToList();
        files.Count.ShouldBeGreaterThan(5);
        foreach (var file in files.Where(file => file is not ("deploy/.env" or "deploy/kubernetes/secrets.env")))
            Path.Exists(Repository.PathOf(file)).ShouldBeTrue(file);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_setting_that_a_page_names_exists(string page)
    {
        // An index type of Milvus.
        string[] others = ["IVF_SQ8"];
        var known = ServiceSources.Settings.Concat(EnvFile.Load("deploy/.env.example").Keys).Concat(others);
        Names().Matches(Repository.Read(page)).Select(match => match.Value).Distinct().ShouldBeSubsetOf(known);
    }

    [GeneratedRegex(@"\]\((?!https?:)(?<path>[^)#]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Links();

    [GeneratedRegex(@"\bdeploy/[\w./-]*\w", RegexOptions.CultureInvariant)]
    private static partial Regex Files();

    [GeneratedRegex(@"(?<![\w$])[A-Z][A-Z0-9]*(_[A-Z0-9]+)+(?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
