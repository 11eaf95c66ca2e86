using System.Reflection;

namespace ImageSearch.Architecture.Tests;

/// <summary>The assemblies and the sources that the tests look at.</summary>
internal static class Product
{
    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The projects of src/ by their folder's name; the command line's assembly has the tool's name.</summary>
    public static IReadOnlyList<string> Projects { get; } =
    [
        .. Directory.GetDirectories(Source).Select(folder => Path.GetFileName(folder)!)
            .Where(name => File.Exists(Path.Combine(Source, name, $"{name}.csproj"))).Order(StringComparer.Ordinal),
    ];

    /// <summary>The folder src/ of the repository.</summary>
    public static string Source => Path.Combine(Root, "src");

    public static Assembly AssemblyOf(string project) => Assembly.Load(project == "Cli" ? "imagesearch" : $"ImageSearch.{project}");

    /// <summary>The project of an assembly, or null for an assembly of another product.</summary>
    public static string? ProjectOf(AssemblyName assembly) =>
        assembly.Name is { } name && name.StartsWith("ImageSearch.", StringComparison.Ordinal) ? name["ImageSearch.".Length..] : null;

    /// <summary>The files of a folder with an extension, without what a build has written.</summary>
    public static IEnumerable<string> Files(string folder, string extension) =>
        Directory.EnumerateFiles(folder, $"*{extension}", SearchOption.AllDirectories).Where(file => !IsBuilt(Path.GetRelativePath(Root, file)));

    private static bool IsBuilt(string path) => path.Split(Path.DirectorySeparatorChar) is var parts && (parts.Contains("obj") || parts.Contains("bin"));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ImageSearch.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("ImageSearch.sln is in no folder above the tests.");
        return folder;
    }
}
