using ImageSearch.Deploy.Tests.Docker;
using ImageSearch.Deploy.Tests.Yaml;
using YamlDotNet.RepresentationModel;

namespace ImageSearch.Deploy.Tests.Kubernetes;

/// <summary>A deployment with one container per pod.</summary>
internal sealed record Workload(YamlMappingNode Node)
{
    public string Name => Node.Text("metadata", "name")!;

    public YamlNode Pod => Node.At("spec", "template", "spec")!;

    public YamlNode Container => Pod.Items("containers").Single();

    public IReadOnlyDictionary<string, string?> Labels => Node.Pairs("spec", "template", "metadata", "labels");

    public ImageName Image => ImageName.Parse(Container.Text("image")!);

    /// <summary>The stage of the Dockerfile with the image's name.</summary>
    public Stage Stage => Dockerfile.OfTheService[Image.Name["imagesearch-".Length..]];

    /// <summary>Named ports and their numbers.</summary>
    public IReadOnlyDictionary<string, int> Ports =>
        Container.Items("ports").ToDictionary(port => port.Text("name")!, port => port.Number("containerPort")!.Value);

    /// <summary>Whether a selector's labels are on the pods.</summary>
    public bool Has(IReadOnlyDictionary<string, string?> labels) =>
        labels.Count > 0 && labels.All(label => Labels.TryGetValue(label.Key, out var value) && value == label.Value);
}
