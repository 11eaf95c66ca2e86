using System.Text.RegularExpressions;

namespace ImageSearch.Deploy.Tests.Docker;

public sealed partial class DockerfileTests
{
    private static readonly Dockerfile Docker = Dockerfile.OfTheService;

    public static TheoryData<string> Images => [.. Docker.Images.Select(stage => stage.Name)];

    public static TheoryData<string> Builds => [.. Docker.Stages.Where(Publishes).Select(stage => stage.Name)];

    [Fact]
    public void A_front_end_and_a_silo_are_built_and_the_front_end_is_the_default()
    {
        Docker.Images.Select(stage => stage.Name).ShouldBe(["silo", "api"]);
        Docker.Stages[^1].Name.ShouldBe("api");
    }

    [Fact]
    public void Every_base_image_is_a_stage_or_has_a_version()
    {
        foreach (var stage in Docker.Stages.Where(stage => stage.Parent is null)) ImageName.Parse(stage.Base).ShouldNameAVersion();
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void An_image_runs_as_a_user_without_rights(string name)
    {
        var user = Docker[name].User.ShouldNotBeNull();
        user.ShouldMatch("^[1-9][0-9]*:[1-9][0-9]*$");
        var data = Docker[name].Own.Single(instruction => instruction.Arguments.EndsWith(" /data", StringComparison.Ordinal) && instruction.Name == "COPY");
        data.Options["chown"].ShouldBe(user, "the data folder must belong to the user who writes it");
        Docker[name].Environment["DATA_PATH"].ShouldBe("/data");
        Docker[name].Own.ShouldContain(instruction => instruction.Name == "VOLUME" && instruction.Arguments == "/data");
    }

    [Fact]
    public void The_front_end_listens_for_other_machines() =>
        Docker["api"].Environment["ASPNETCORE_URLS"].Split(';').ShouldAllBe(url => url.StartsWith("http://0.0.0.0:", StringComparison.Ordinal));

    [Fact]
    public void The_front_end_listens_on_the_documented_ports_and_exposes_them()
    {
        Docker["api"].HttpPorts.ShouldBe(ServiceSources.ApiPorts);
        Docker["api"].ExposedPorts.Order().ShouldBe(ServiceSources.ApiPorts);
    }

    [Fact]
    public void A_silo_exposes_the_ports_of_its_settings()
    {
        string[] settings = ["HEALTH_PORT", "SILO_PORT", "GATEWAY_PORT"];
        Docker["silo"].ExposedPorts.Order().Select(port => $"{port}").ShouldBe(settings.Select(name => Docker["silo"].Environment[name]));
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void The_health_check_requests_an_existing_path_at_a_port_that_the_service_listens_on(string name)
    {
        var check = Docker[name].HealthCheck;
        check[0].ShouldBe("healthcheck");
        Docker[name].All.ShouldContain(instruction => instruction.Arguments == "deploy/healthcheck.sh /usr/local/bin/healthcheck");
        Docker[name].HttpPorts.Select(port => $"{port}").ShouldContain(check[1]);
        ServiceSources.HealthPaths.ShouldContain(check[2]);
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void Every_variable_of_an_image_is_a_setting(string name) =>
        Docker[name].Environment.Keys.ShouldBeSubsetOf(ServiceSources.Settings);

    [Theory]
    [MemberData(nameof(Images))]
    public void An_image_starts_the_program_that_was_published_for_it(string name)
    {
        var source = Docker[name].Own.Single(instruction => instruction.Name == "COPY" && instruction.Words[0] == "/app").Options["from"];
        Docker[name].EntryPoint.ShouldBe([$"./ImageSearch.{Path.GetFileName(PublishedProject(Docker[source]))}"]);
    }

    [Theory]
    [MemberData(nameof(Builds))]
    public void Every_project_file_is_copied_before_packages_are_restored(string name)
    {
        var restored = Docker[name].All.TakeWhile(instruction => !instruction.Arguments.StartsWith("dotnet restore", StringComparison.Ordinal));
        var copied = restored.Where(instruction => instruction.Name == "COPY").SelectMany(instruction => instruction.Words.SkipLast(1));
        ProjectReferences.Of(PublishedProject(Docker[name])).ShouldBeSubsetOf(copied);
    }

    [Fact]
    public void Every_stage_that_files_are_copied_from_comes_before()
    {
        var before = new HashSet<string>();
        foreach (var stage in Docker.Stages)
        {
            stage.Own.Select(instruction => instruction.Options.GetValueOrDefault("from")).OfType<string>().ShouldBeSubsetOf(before);
            before.Add(stage.Name);
        }
    }

    [Fact]
    public void Everything_that_is_copied_is_in_the_repository_and_in_the_context_of_the_build()
    {
        var copies = Docker.Stages.SelectMany(stage => stage.Own).Where(instruction => instruction.Name == "COPY" && !instruction.Options.ContainsKey("from"));
        foreach (var source in copies.SelectMany(instruction => instruction.Words.SkipLast(1)).Distinct())
        {
            Path.Exists(Repository.PathOf(source)).ShouldBeTrue($"{source} is not in the repository");
            var files = source.EndsWith('/') ? Repository.Files(source, "*") : [source];
            files.Where(file => !BuildContext.Has(file)).ShouldBeEmpty($".dockerignore excludes files of {source}");
        }
    }

    [Fact]
    public void Outputs_of_a_build_and_secrets_do_not_reach_the_images()
    {
        foreach (var file in new[] { "src/Api/obj/project.assets.json", "data/catalog.db", "deploy/.env", ".git/HEAD" })
            BuildContext.Has(file).ShouldBeFalse(file);
    }

    private static bool Publishes(Stage stage) => stage.Own.Any(instruction => Publish().IsMatch(instruction.Arguments));

    private static string PublishedProject(Stage stage) =>
        stage.Own.Select(instruction => Publish().Match(instruction.Arguments)).Single(match => match.Success).Groups["project"].Value;

    [GeneratedRegex(@"^dotnet publish (?<project>\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex Publish();
}
