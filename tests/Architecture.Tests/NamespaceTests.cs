using System.Text.RegularExpressions;

namespace ImageSearch.Architecture.Tests;

public sealed partial class NamespaceTests
{
    public static TheoryData<string> Folders => ["src", "tests", "bench"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void The_namespace_of_a_file_is_its_folder(string top)
    {
        var wrong =
            from project in Directory.GetDirectories(Path.Combine(Product.Root, top))
            from file in Product.Files(project, ".cs")
            let declared = Declaration().Match(File.ReadAllText(file))
            where declared.Success
            let expected = Expected(project, file)
            where declared.Groups["name"].Value != expected
            select $"{Path.GetRelativePath(Product.Root, file)}: {declared.Groups["name"].Value} instead of {expected}";
        wrong.ShouldBeEmpty();
    }

    private static string Expected(string project, string file)
    {
        var root = Path.GetFileName(project) switch
        {
            // Messages and grain interfaces are on the wire by their full names.
            "Grains.Abstractions" => "ImageSearch",
            // Compiled into several test projects.
            "Shared" => "ImageSearch.Testing",
            var name => $"ImageSearch.{name}",
        };
        var folder = Path.GetRelativePath(project, Path.GetDirectoryName(file)!);
        return folder == "." ? root : $"{root}.{folder.Replace(Path.DirectorySeparatorChar, '.')}";
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();
}
