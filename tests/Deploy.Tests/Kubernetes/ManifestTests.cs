using ImageSearch.Deploy.Tests.Yaml;

namespace ImageSearch.Deploy.Tests.Kubernetes;

public sealed class ManifestTests
{
    private static IReadOnlyList<Workload> Workloads => Manifests.Workloads;

    [Fact]
    public void Every_manifest_in_the_folder_is_applied() =>
        Manifests.Kustomization.Texts("resources").Append("kustomization.yaml").Order(StringComparer.Ordinal)
            .ShouldBe(Repository.Files(Manifests.Folder, "*.yaml").Select(file => Path.GetFileName(file)));

    [Fact]
    public void Silos_and_front_ends_are_deployed_in_the_images_of_the_Dockerfile() =>
        Workloads.Select(workload => workload.Stage.Name).Order().ShouldBe(["api", "silo"]);

    [Fact]
    public void Every_image_names_its_version()
    {
        foreach (var workload in Workloads) workload.Image.ShouldNameAVersion();
        foreach (var image in Manifests.Kustomization.Items("images"))
        {
            Workloads.ShouldContain(workload => workload.Image.Name == image.Text("name"));
            new ImageName(image.Text("name")!, image.Text("newTag")!).ShouldNameAVersion();
        }
    }

    [Fact]
    public void Everything_is_in_the_created_namespace() =>
        Manifests.OfKind("Namespace").Single().Text("metadata", "name").ShouldBe(Manifests.Kustomization.Text("namespace"));

    [Fact]
    public void A_deployment_selects_its_own_pods_and_no_others()
    {
        foreach (var workload in Workloads)
            Workloads.Where(other => other.Has(workload.Node.Pairs("spec", "selector", "matchLabels"))).ShouldBe([workload]);
    }

    [Fact]
    public void The_service_maps_the_documented_ports_to_those_of_the_front_ends()
    {
        var service = Manifests.OfKind("Service").Single();
        var target = Workloads.Single(workload => workload.Has(service.Pairs("spec", "selector")));
        target.Stage.Name.ShouldBe("api");
        service.Items("spec", "ports").Select(port => port.Number("port")).ShouldBe(ServiceSources.ApiPorts.Cast<int?>());
        foreach (var port in service.Items("spec", "ports")) target.Ports[port.Text("targetPort")!].ShouldBe(port.Number("port")!.Value);
    }

    [Fact]
    public void The_ports_of_a_container_are_those_that_its_image_exposes()
    {
        foreach (var workload in Workloads) workload.Ports.Values.Order().ShouldBe(workload.Stage.ExposedPorts.Order(), workload.Name);
    }

    [Fact]
    public void Every_pod_s_service_account_exists() =>
        Workloads.Select(workload => workload.Pod.Text("serviceAccountName")).Distinct()
            .ShouldBe(Manifests.OfKind("ServiceAccount").Select(account => account.Text("metadata", "name")));

    [Fact]
    public void Every_mounted_volume_exists_and_every_written_folder_is_mounted()
    {
        foreach (var workload in Workloads)
        {
            var mounts = workload.Container.Items("volumeMounts");
            mounts.Select(mount => mount.Text("name")).Order().ShouldBe(workload.Pod.Items("volumes").Select(volume => volume.Text("name")).Order());
            mounts.Select(mount => mount.Text("mountPath")).Order().ShouldBe([workload.Stage.Environment["DATA_PATH"], "/tmp"]);
        }
    }

    [Fact]
    public void Only_silos_and_front_ends_can_reach_silos()
    {
        var policy = Manifests.OfKind("NetworkPolicy").Single();
        var silo = Workloads.Single(workload => workload.Has(policy.Pairs("spec", "podSelector", "matchLabels")));
        silo.Stage.Name.ShouldBe("silo");
        foreach (var rule in policy.Items("spec", "ingress"))
        {
            foreach (var peer in rule.Items("from")) Workloads.ShouldContain(workload => workload.Has(peer.Pairs("podSelector", "matchLabels")));
            rule.Items("from").ShouldNotBeEmpty();
            rule.Items("ports").Select(port => port.Text("port")!).ShouldBeSubsetOf(silo.Ports.Keys);
        }
    }
}
