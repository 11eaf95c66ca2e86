using System.IO.Enumeration;

namespace ImageSearch.Deploy.Tests.Docker;

/// <summary>The files that .dockerignore lets into a build.</summary>
internal static class BuildContext
{
    private static readonly string[] Patterns =
        [.. Repository.Read(".dockerignore").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')];

    /// <summary>Whether a file reaches the build: the last pattern that matches it or a folder above it decides.</summary>
    public static bool Has(string file)
    {
        var reaches = true;
        foreach (var pattern in Patterns)
        {
            var isException = pattern[0] == '!';
            if (Matches(isException ? pattern[1..] : pattern, file)) reaches = isException;
        }

        return reaches;
    }

    private static bool Matches(string pattern, string file)
    {
        var parts = file.Split('/');
        if (pattern.StartsWith("**/", StringComparison.Ordinal)) return parts.Any(part => FileSystemName.MatchesSimpleExpression(pattern.AsSpan(3), part, false));
        var length = pattern.Split('/').Length;
        return parts.Length >= length
            && pattern.Split('/').Zip(parts).All(pair => FileSystemName.MatchesSimpleExpression(pair.First, pair.Second, false));
    }
}
