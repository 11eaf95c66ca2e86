using ImageSearch.Deploy.Tests.Yaml;

namespace ImageSearch.Deploy.Tests.Kubernetes;

public sealed class SettingsTests
{
    private const string Example = $"{Manifests.Folder}/secrets.env.example";

    [Fact]
    public void Every_setting_is_one_that_the_service_knows()
    {
        EnvFile.Load(Manifests.Generated("configMapGenerator").Values.Single()).Keys.ShouldBeSubsetOf(ServiceSources.Settings);
        EnvFile.Load(Example).Keys.ShouldBeSubsetOf(ServiceSources.Settings);
        foreach (var workload in Manifests.Workloads)
            workload.Container.Items("env").Select(variable => variable.Text("name")!).ShouldBeSubsetOf(ServiceSources.Settings);
    }

    [Fact]
    public void Every_map_and_secret_that_a_pod_reads_is_generated_and_every_one_is_read()
    {
        foreach (var workload in Manifests.Workloads)
        {
            var sources = workload.Container.Items("envFrom");
            sources.Select(source => source.Text("configMapRef", "name")).OfType<string>().ShouldBe(Manifests.Generated("configMapGenerator").Keys);
            sources.Select(source => source.Text("secretRef", "name")).OfType<string>().ShouldBe(Manifests.Generated("secretGenerator").Keys);
        }
    }

    [Fact]
    public void Secrets_are_filled_in_by_who_deploys()
    {
        Example.ShouldBe($"{Manifests.Generated("secretGenerator").Values.Single()}.example");
        EnvFile.Load(Example).Values.ShouldAllBe(value => value.Length == 0);
    }

    [Fact]
    public void No_secret_stands_among_the_settings()
    {
        EnvFile.Load(Manifests.Generated("configMapGenerator").Values.Single()).Keys.Where(SecretNames.IsSecret).ShouldBeEmpty();
        foreach (var workload in Manifests.Workloads)
        {
            foreach (var variable in workload.Container.Items("env").Where(variable => SecretNames.IsSecret(variable.Text("name")!)))
                variable.Text("valueFrom", "secretKeyRef", "name").ShouldNotBeNull();
        }
    }

    [Fact]
    public void The_catalog_and_the_vectors_are_where_all_pods_reach_them()
    {
        var settings = EnvFile.Load(Manifests.Generated("configMapGenerator").Values.Single());
        settings.Keys.ShouldContain("MYSQL_HOST");
        settings.Keys.ShouldContain("MILVUS_HOST");
    }
}
