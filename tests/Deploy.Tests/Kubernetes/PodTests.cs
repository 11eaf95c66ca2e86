using System.Globalization;
using ImageSearch.Deploy.Tests.Yaml;

namespace ImageSearch.Deploy.Tests.Kubernetes;

public sealed class PodTests
{
    public static TheoryData<string> Names => [.. Manifests.Workloads.Select(workload => workload.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pod_has_no_rights_that_it_does_not_need(string name)
    {
        var workload = Workload(name);
        var user = workload.Stage.User!.Split(':');
        workload.Pod.Text("securityContext", "runAsNonRoot").ShouldBe("true");
        workload.Pod.Text("securityContext", "runAsUser").ShouldBe(user[0]);
        workload.Pod.Text("securityContext", "fsGroup").ShouldBe(user[1], "volumes must be writable for the user");
        workload.Pod.Text("securityContext", "seccompProfile", "type").ShouldBe("RuntimeDefault");
        workload.Pod.Text("automountServiceAccountToken").ShouldBe("false");
        workload.Container.Text("securityContext", "allowPrivilegeEscalation").ShouldBe("false");
        workload.Container.Text("securityContext", "readOnlyRootFilesystem").ShouldBe("true");
        workload.Container.Texts("securityContext", "capabilities", "drop").ShouldBe(["ALL"]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Kubernetes_sets_no_variables_for_services(string name) =>
        // A Service "mysql" would otherwise set MYSQL_PORT to an address, which the service rejects.
        Workload(name).Pod.Text("enableServiceLinks").ShouldBe("false");

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_probe_requests_an_existing_path_at_an_HTTP_port(string name)
    {
        var workload = Workload(name);
        foreach (var probe in new[] { "startupProbe", "livenessProbe", "readinessProbe" })
        {
            ServiceSources.HealthPaths.ShouldContain(workload.Container.Text(probe, "httpGet", "path"), probe);
            workload.Stage.HttpPorts.ShouldContain(workload.Ports[workload.Container.Text(probe, "httpGet", "port")!], probe);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pod_without_its_database_is_not_ready_but_is_not_restarted(string name)
    {
        Workload(name).Container.Text("livenessProbe", "httpGet", "path").ShouldBe("/health/live");
        Workload(name).Container.Text("readinessProbe", "httpGet", "path").ShouldBe("/health/ready");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_grace_period_is_long_enough_for_a_pod_to_stop(string name)
    {
        var workload = Workload(name);
        var sleep = workload.Container.Texts("lifecycle", "preStop", "exec", "command");
        var before = sleep.Count == 0 ? 0 : int.Parse(sleep[1], CultureInfo.InvariantCulture);
        workload.Pod.Number("terminationGracePeriodSeconds").ShouldNotBeNull().ShouldBeGreaterThan(before + ServiceSources.ShutdownSeconds);
    }

    [Fact]
    public void Front_ends_are_clients_of_the_silos() =>
        Front.Container.Items("env").Single(variable => variable.Text("name") == "ROLE").Text("value").ShouldBe("client");

    [Fact]
    public void A_front_end_waits_until_it_gets_no_more_requests_before_it_stops() =>
        Front.Container.Texts("lifecycle", "preStop", "exec", "command")[0].ShouldBe("sleep");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pod_requests_CPU_and_memory_and_has_a_memory_limit(string name)
    {
        var resources = Workload(name).Container.At("resources");
        resources.Text("requests", "cpu").ShouldNotBeNull();
        resources.Text("requests", "memory").ShouldNotBeNull();
        resources.Text("limits", "memory").ShouldNotBeNull();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_update_stops_no_pod_before_the_next_one_is_ready(string name)
    {
        Workload(name).Node.Text("spec", "strategy", "type").ShouldBe("RollingUpdate");
        Workload(name).Node.Number("spec", "strategy", "rollingUpdate", "maxUnavailable").ShouldBe(0);
        Workload(name).Node.Number("spec", "strategy", "rollingUpdate", "maxSurge").ShouldBe(1);
    }

    private static Workload Front => Manifests.Workloads.Single(workload => workload.Stage.Name == "api");

    private static Workload Workload(string name) => Manifests.Workloads.Single(workload => workload.Name == name);
}
