using ImageSearch.Deploy.Tests.Yaml;
using YamlDotNet.RepresentationModel;

namespace ImageSearch.Deploy.Tests.Kubernetes;

/// <summary>The manifests that <c>kubectl apply -k</c> sends.</summary>
internal static class Manifests
{
    public const string Folder = "deploy/kubernetes";

    public static YamlMappingNode Kustomization { get; } = YamlFile.Load($"{Folder}/kustomization.yaml").Single();

    public static IReadOnlyList<YamlMappingNode> All { get; } =
        [.. Kustomization.Texts("resources").SelectMany(file => YamlFile.Load($"{Folder}/{file}"))];

    public static IReadOnlyList<Workload> Workloads { get; } = [.. OfKind("Deployment").Select(node => new Workload(node))];

    public static IEnumerable<YamlMappingNode> OfKind(string kind) => All.Where(node => node.Text("kind") == kind);

    /// <summary>The generated configuration maps or secrets, and the files with their keys.</summary>
    public static IReadOnlyDictionary<string, string> Generated(string generator) =>
        Kustomization.Items(generator).ToDictionary(item => item.Text("name")!, item => $"{Folder}/{item.Texts("envs").Single()}");
}
