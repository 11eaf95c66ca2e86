using System.Text.RegularExpressions;
using ImageSearch.Deploy.Tests.Yaml;
using YamlDotNet.RepresentationModel;

namespace ImageSearch.Deploy.Tests.Compose;

/// <summary>A compose file of this repository.</summary>
internal sealed partial class ComposeFile(string name)
{
    public const string Cluster = "deploy/compose.yaml";
    public const string Alone = "deploy/compose.alone.yaml";

    public YamlMappingNode Root { get; } = YamlFile.Load(name).Single();

    public IReadOnlyList<ComposeService> Services =>
        [.. ((YamlMappingNode)Root.At("services")!).Children.Select(pair => new ComposeService(pair.Key.Text()!, (YamlMappingNode)pair.Value))];

    /// <summary>The variables that compose replaces from the environment or .env.</summary>
    public IReadOnlySet<string> Variables => Interpolations().Matches(Repository.Read(name)).Select(match => match.Groups["name"].Value).ToHashSet();

    [GeneratedRegex(@"\$\{?(?<name>\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex Interpolations();
}
