using System.Xml.Linq;

namespace ImageSearch.Deploy.Tests.Docker;

/// <summary>The project references of a project.</summary>
internal static class ProjectReferences
{
    /// <summary>The project file of a folder and all projects that it refers to, directly or indirectly.</summary>
    public static IReadOnlySet<string> Of(string folder)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        Add($"{folder}/{Path.GetFileName(folder)}.csproj", found);
        return found;
    }

    private static void Add(string project, HashSet<string> found)
    {
        if (!found.Add(project)) return;
        foreach (var reference in XDocument.Load(Repository.PathOf(project)).Descendants("ProjectReference"))
        {
            var path = Path.Combine(Path.GetDirectoryName(Repository.PathOf(project))!, reference.Attribute("Include")!.Value.Replace('\\', '/'));
            Add(Path.GetRelativePath(Repository.Root, Path.GetFullPath(path)).Replace('\\', '/'), found);
        }
    }
}
