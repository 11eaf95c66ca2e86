using System.Text.RegularExpressions;

namespace ImageSearch.Architecture.Tests;

/// <summary>What other projects use is public and documented; only tests and benchmarks of the same project see its insides.</summary>
public sealed partial class FriendAssemblyTests
{
    [Fact]
    public void Friends_are_tests_and_benchmarks()
    {
        var friends =
            from file in Product.Files(Product.Source, ".csproj").Concat(Product.Files(Product.Source, ".cs"))
            from Match friend in Friend().Matches(File.ReadAllText(file))
            select friend.Groups["name"].Value;
        var all = friends.ToList();
        all.ShouldAllBe(name => name.EndsWith("Tests", StringComparison.Ordinal) || name.EndsWith("Bench", StringComparison.Ordinal));
        // One for each project that has tests of its own, and one benchmark.
        all.Count.ShouldBeLessThanOrEqualTo(11);
    }

    [GeneratedRegex(@"InternalsVisibleTo(?: Include=|\()""(?<name>[^""]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex Friend();
}
