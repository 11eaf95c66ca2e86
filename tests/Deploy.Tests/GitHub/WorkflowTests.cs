using System.Text.RegularExpressions;
using ImageSearch.Deploy.Tests.Yaml;

namespace ImageSearch.Deploy.Tests.GitHub;

/// <summary>The workflows run the scripts that people run, and nothing that can change under them.</summary>
public sealed partial class WorkflowTests
{
    public static TheoryData<string> Workflows => [.. Repository.Files(".github/workflows", "*.yml")];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_action_is_pinned_by_the_hash_of_a_commit_and_names_its_version(string workflow)
    {
        var uses = Uses().Matches(Repository.Read(workflow)).Select(match => match.Value.Trim()).ToList();
        uses.ShouldNotBeEmpty();
        foreach (var action in uses) action.ShouldMatch(@"^uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$");
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void One_action_has_one_version(string workflow)
    {
        var versions = Uses().Matches(Repository.Read(workflow)).Select(match => match.Groups["action"].Value)
            .Select(action => action.Split('@'))
            .Select(parts => (Repository: string.Join('/', parts[0].Split('/').Take(2)), Hash: parts[1]));
        foreach (var action in versions.GroupBy(version => version.Repository))
            action.Select(version => version.Hash).Distinct().ShouldHaveSingleItem(action.Key);
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_workflow_names_its_permissions_and_each_job_its_time(string workflow)
    {
        var root = YamlFile.Load(workflow).ShouldHaveSingleItem();
        root.At("permissions").ShouldNotBeNull();
        foreach (var job in root.Keys("jobs")) root.Number("jobs", job, "timeout-minutes").ShouldNotBeNull(job);
    }

    [Fact]
    public void Ci_runs_the_script_of_the_repository_and_has_no_build_of_its_own()
    {
        var text = Repository.Read(".github/workflows/ci.yml");
        text.ShouldContain(".ci/run");
        text.ShouldNotContain("dotnet ");
        foreach (var script in Scripts().Matches(text).Select(match => match.Value).Distinct())
            File.Exists(Repository.PathOf(script)).ShouldBeTrue(script);
    }

    [Fact]
    public void Every_project_that_the_portable_script_tests_exists()
    {
        var names = PortableProjects().Match(Repository.Read(".ci/portable")).Groups["names"].Value.Split(' ');
        names.ShouldNotBeEmpty();
        foreach (var name in names) File.Exists(Repository.PathOf($"tests/{name}.Tests/{name}.Tests.csproj")).ShouldBeTrue(name);
    }

    [Fact]
    public void Forms_and_update_rules_are_valid_yaml()
    {
        YamlFile.Load(".github/dependabot.yml").ShouldHaveSingleItem().Items("updates").Count.ShouldBe(3);
        var forms = Repository.Files(".github/ISSUE_TEMPLATE", "*.yml").Where(file => !file.EndsWith("/config.yml", StringComparison.Ordinal));
        foreach (var form in forms)
        {
            var root = YamlFile.Load(form).ShouldHaveSingleItem();
            root.Text("name").ShouldNotBeNullOrEmpty(form);
            root.Text("description").ShouldNotBeNullOrEmpty(form);
            root.Items("body").ShouldNotBeEmpty(form);
        }
    }

    [GeneratedRegex(@"uses: (?<action>\S+).*", RegexOptions.CultureInvariant)]
    private static partial Regex Uses();

    [GeneratedRegex(@"\.ci/\w+", RegexOptions.CultureInvariant)]
    private static partial Regex Scripts();

    [GeneratedRegex("for project in (?<names>[^;]+);", RegexOptions.CultureInvariant)]
    private static partial Regex PortableProjects();
}
