using ImageSearch.Deploy.Tests.Yaml;

namespace ImageSearch.Deploy.Tests.Kubernetes;

public sealed class ScalingTests
{
    [Fact]
    public void Every_deployment_has_one_autoscaler_with_at_least_two_pods()
    {
        var scaled = Manifests.OfKind("HorizontalPodAutoscaler").ToList();
        scaled.Select(scaler => scaler.Text("spec", "scaleTargetRef", "name")).Order().ShouldBe(Manifests.Workloads.Select(workload => workload.Name).Order());
        foreach (var scaler in scaled)
        {
            scaler.Text("spec", "scaleTargetRef", "kind").ShouldBe("Deployment");
            scaler.Number("spec", "minReplicas").ShouldBe(2);
            scaler.Number("spec", "maxReplicas").ShouldNotBeNull().ShouldBeGreaterThan(2);
        }
    }

    [Fact]
    public void No_deployment_overrides_the_autoscaler() =>
        Manifests.Workloads.ShouldAllBe(workload => workload.Node.At("spec", "replicas") == null);

    [Fact]
    public void Every_deployment_loses_one_pod_at_a_time_when_nodes_are_drained()
    {
        var budgets = Manifests.OfKind("PodDisruptionBudget").ToList();
        foreach (var workload in Manifests.Workloads)
        {
            var budget = budgets.Single(budget => workload.Has(budget.Pairs("spec", "selector", "matchLabels")));
            budget.Number("spec", "maxUnavailable").ShouldBe(1);
        }

        budgets.Count.ShouldBe(Manifests.Workloads.Count);
    }
}
