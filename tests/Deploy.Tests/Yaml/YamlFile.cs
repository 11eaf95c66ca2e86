using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ImageSearch.Deploy.Tests.Yaml;

/// <summary>Reads YAML as it is written, with merge keys (<c>&lt;&lt;</c>) resolved. A key that stands twice is an error.</summary>
internal static class YamlFile
{
    /// <summary>The documents of a file.</summary>
    public static IReadOnlyList<YamlMappingNode> Load(string file)
    {
        var stream = new YamlStream();
        stream.Load(new MergingParser(new Parser(new StringReader(Repository.Read(file)))));
        return [.. stream.Documents.Select(document => (YamlMappingNode)document.RootNode)];
    }
}
