using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace ImageSearch.Deploy.Tests.Yaml;

/// <summary>Finds values in a YAML document; what is not there is null or empty.</summary>
internal static class YamlPaths
{
    public static YamlNode? At(this YamlNode? node, params string[] path)
    {
        foreach (var key in path)
        {
            if (node is not YamlMappingNode mapping || !mapping.Children.TryGetValue(new YamlScalarNode(key), out node)) return null;
        }

        return node;
    }

    public static string? Text(this YamlNode? node, params string[] path) => (node.At(path) as YamlScalarNode)?.Value;

    public static int? Number(this YamlNode? node, params string[] path) =>
        int.TryParse(node.Text(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static IReadOnlyList<YamlNode> Items(this YamlNode? node, params string[] path) => [.. (node.At(path) as YamlSequenceNode)?.Children ?? []];

    public static IReadOnlyList<string> Texts(this YamlNode? node, params string[] path) => [.. node.Items(path).Select(item => item.Text() ?? "")];

    /// <summary>The pairs of a mapping; a value that is no text is null.</summary>
    public static IReadOnlyDictionary<string, string?> Pairs(this YamlNode? node, params string[] path) =>
        ((node.At(path) as YamlMappingNode)?.Children ?? Enumerable.Empty<KeyValuePair<YamlNode, YamlNode>>())
            .ToDictionary(pair => pair.Key.Text()!, pair => pair.Value.Text());

    public static IReadOnlyList<string> Keys(this YamlNode? node, params string[] path) => [.. node.Pairs(path).Keys];
}
