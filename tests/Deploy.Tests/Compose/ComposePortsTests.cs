using ImageSearch.Deploy.Tests.Yaml;

namespace ImageSearch.Deploy.Tests.Compose;

public sealed class ComposePortsTests
{
    // Of the documented compose file.
    private const int AttuPort = 19531;

    [Fact]
    public void The_cluster_opens_the_documented_ports() =>
        Opened(ComposeFile.Cluster).Select(port => port.Host).Order().ShouldBe([.. ServiceSources.ApiPorts, AttuPort]);

    [Fact]
    public void A_service_alone_opens_the_documented_ports() =>
        Opened(ComposeFile.Alone).Select(port => port.Host).Order().ShouldBe(ServiceSources.ApiPorts);

    [Theory]
    [InlineData(ComposeFile.Cluster)]
    [InlineData(ComposeFile.Alone)]
    public void Ports_are_bound_to_loopback_by_default(string file) =>
        Opened(file).ShouldAllBe(port => port.Address == "${BIND_ADDRESS:-127.0.0.1}");

    [Theory]
    [InlineData(ComposeFile.Cluster)]
    [InlineData(ComposeFile.Alone)]
    public void An_opened_port_is_one_that_the_image_listens_on_under_the_same_number(string file)
    {
        foreach (var service in new ComposeFile(file).Services.Where(service => service.IsOurs))
        {
            foreach (var port in service.Ports)
            {
                port.Host.ShouldBe(port.Container);
                service.Stage.ExposedPorts.ShouldContain(port.Container, service.Name);
            }
        }
    }

    [Fact]
    public void A_service_with_an_opened_port_is_on_a_network_that_leads_outside()
    {
        var compose = new ComposeFile(ComposeFile.Cluster);
        var outside = compose.Root.Keys("networks").Where(network => compose.Root.Text("networks", network, "internal") != "true").ToList();
        foreach (var service in compose.Services)
            service.Node.Texts("networks").Intersect(outside).Any().ShouldBe(service.Ports.Count > 0, service.Name);
    }

    [Fact]
    public void The_addresses_in_settings_are_names_of_services()
    {
        var compose = new ComposeFile(ComposeFile.Cluster);
        var names = compose.Services.Select(service => service.Name).ToList();
        foreach (var environment in compose.Services.Select(service => service.Node.Pairs("environment")))
        {
            foreach (var (name, value) in environment.Where(pair => pair.Key is "MYSQL_HOST" or "MILVUS_HOST" or "MILVUS_URL" or "MINIO_ADDRESS" or "ETCD_ENDPOINTS"))
                names.ShouldContain(value!.Split(':')[0], name);
        }
    }

    private static IEnumerable<ComposeService.Port> Opened(string file) => new ComposeFile(file).Services.SelectMany(service => service.Ports);
}
