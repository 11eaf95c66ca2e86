using ImageSearch.Deploy.Tests.Docker;
using ImageSearch.Deploy.Tests.Yaml;

namespace ImageSearch.Deploy.Tests.Compose;

public sealed class ComposeTests
{
    public static TheoryData<string> Files => [ComposeFile.Cluster, ComposeFile.Alone];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_image_names_its_version(string file)
    {
        foreach (var service in new ComposeFile(file).Services) service.Image.ShouldNameAVersion();
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_variable_of_the_service_is_a_setting(string file)
    {
        foreach (var service in Ours(file)) service.Node.Keys("environment").ShouldBeSubsetOf(ServiceSources.Settings, service.Name);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_image_of_this_repository_is_built_from_a_stage_with_arguments_of_the_Dockerfile(string file)
    {
        foreach (var service in Ours(file))
        {
            var folder = Path.Combine(Path.GetDirectoryName(file)!, service.Node.Text("build", "context")!);
            Path.GetFullPath(Repository.PathOf(folder)).ShouldBe(Repository.Root);
            service.Node.Text("build", "dockerfile").ShouldBe("deploy/Dockerfile");
            Dockerfile.OfTheService.Images.ShouldContain(service.Stage);
            var arguments = Dockerfile.OfTheService.Stages.SelectMany(stage => stage.Own).Where(instruction => instruction.Name == "ARG");
            service.Node.Keys("build", "args").ShouldBeSubsetOf(arguments.Select(argument => argument.Arguments.Split('=')[0]));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void An_image_name_belongs_to_one_build(string file)
    {
        foreach (var image in Ours(file).GroupBy(service => service.Image))
            image.Select(service => service.Node.At("build")!.ToString()).Distinct().Count().ShouldBe(1, image.Key.Name);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_services_that_a_service_waits_for_exist_and_have_a_health_check(string file)
    {
        var services = new ComposeFile(file).Services.ToDictionary(service => service.Name);
        foreach (var service in services.Values)
        {
            foreach (var name in service.Node.Keys("depends_on"))
            {
                services.ShouldContainKey(name, $"{service.Name} waits for {name}");
                service.Node.Text("depends_on", name, "condition").ShouldBe("service_healthy");
                var other = services[name];
                (other.IsOurs ? other.Stage.HealthCheck.Count : other.Node.Items("healthcheck", "test").Count).ShouldBeGreaterThan(0, name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_volume_and_network_is_declared_and_used(string file)
    {
        var compose = new ComposeFile(file);
        compose.Root.Keys("volumes").Order().ShouldBe(compose.Services.SelectMany(service => service.Mounts).Select(mount => mount.Source).Distinct().Order());
        compose.Root.Keys("networks").Order().ShouldBe(compose.Services.SelectMany(service => service.Node.Texts("networks")).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void No_two_services_share_a_folder(string file) =>
        new ComposeFile(file).Services.SelectMany(service => service.Mounts).Select(mount => mount.Source).ShouldBeUnique();

    [Theory]
    [MemberData(nameof(Files))]
    public void The_folders_that_an_image_of_this_repository_writes_to_are_writable(string file)
    {
        foreach (var service in Ours(file))
        {
            service.Node.Text("read_only").ShouldBe("true", service.Name);
            service.Node.Texts("tmpfs").ShouldBe(["/tmp"], service.Name);
            service.Mounts.Select(mount => mount.Target).ShouldBe([service.Stage.Environment["DATA_PATH"]], service.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_service_has_a_memory_limit_and_is_restarted(string file)
    {
        foreach (var service in new ComposeFile(file).Services)
        {
            service.Node.Text("mem_limit").ShouldNotBeNull(service.Name).ShouldMatch("^[1-9][0-9]*[mg]$");
            service.Node.Text("restart").ShouldBe("unless-stopped", service.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_grace_period_is_long_enough_for_a_service_to_stop(string file)
    {
        foreach (var service in Ours(file)) service.GraceSeconds.ShouldNotBeNull(service.Name).ShouldBeGreaterThan(ServiceSources.ShutdownSeconds);
    }

    [Fact]
    public void The_front_end_is_a_client_of_two_silos()
    {
        Ours(ComposeFile.Cluster).Count(service => service.Stage.Name == "silo").ShouldBe(2);
        var front = Ours(ComposeFile.Cluster).Single(service => service.Stage.Name == "api");
        front.Node.Text("environment", "ROLE").ShouldBe("client");
    }

    private static IEnumerable<ComposeService> Ours(string file) => new ComposeFile(file).Services.Where(service => service.IsOurs);
}
