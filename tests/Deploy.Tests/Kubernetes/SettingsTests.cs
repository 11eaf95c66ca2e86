using ImageSearch.Deploy.Tests.Yaml;

namespace ImageSearch.Deploy.Tests.Kubernetes;

public sealed class SettingsTests
{
    private const string Example = $"{Manifests.Folder}/secrets.env.example";

    [Fact]
    public void Every_setting_is_one_of_the_service()
    {
        EnvFile.Load(Manifests.Generated("configMapGenerator").Values.Single()).Keys.ShouldBeSubsetOf(ServiceSources.Settings);
        EnvFile.Load(Example).Keys.ShouldBeSubsetOf(ServiceSources.Settings);
        foreach (var workload in Manifests.Workloads)
            workload.Container.Items("env").Select(variable => variable.Text("name")!).ShouldBeSubsetOf(ServiceSources.Settings);
    }

    [Fact]
    public void The_maps_and_secrets_that_pods_read_are_those_that_are_generated()
    {
        foreach (var workload in Manifests.Workloads)
        {
            var sources = workload.Container.Items("envFrom");
            sources.Select(source => source.Text("configMapRef", "name")).OfType<string>().ShouldBe(Manifests.Generated("configMapGenerator").Keys);
            sources.Select(source => source.Text("secretRef", "name")).OfType<string>().ShouldBe(Manifests.Generated("secretGenerator").Keys);
        }
    }

    [Fact]
    public void The_example_of_the_secrets_is_empty()
    {
        Example.ShouldBe($"{Manifests.Generated("secretGenerator").Values.Single()}.example");
        EnvFile.Load(Example).Values.ShouldAllBe(value => value.Length == 0);
    }

    [Fact]
    public void The_settings_contain_no_secret()
    {
        EnvFile.Load(Manifests.Generated("configMapGenerator").Values.Single()).Keys.Where(SecretNames.IsSecret).ShouldBeEmpty();
        foreach (var workload in Manifests.Workloads)
        {
            foreach (var variable in workload.Container.Items("env").Where(variable => SecretNames.IsSecret(variable.Text("name")!)))
                variable.Text("valueFrom", "secretKeyRef", "name").ShouldNotBeNull();
        }
    }

    [Fact]
    public void The_catalog_and_the_vectors_are_on_servers_that_all_pods_reach()
    {
        var settings = EnvFile.Load(Manifests.Generated("configMapGenerator").Values.Single());
        settings.Keys.ShouldContain("MYSQL_HOST");
        settings.Keys.ShouldContain("MILVUS_HOST");
    }
}
