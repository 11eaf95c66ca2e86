using System.Runtime.CompilerServices;

namespace ImageSearch.Api.Tests.Docs;

/// <summary>The fenced blocks of a page of this repository.</summary>
internal static class ReadmeBlocks
{
    /// <summary>The repository's root, found from the path of this source file.</summary>
    public static string Root([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));

    /// <summary>The language and text of each block, in order.</summary>
    public static IReadOnlyList<(string Language, string Text)> Of(string page)
    {
        var blocks = new List<(string Language, string Text)>();
        string? language = null;
        var text = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(Root(), page)))
        {
            if (!line.StartsWith("```", StringComparison.Ordinal))
            {
                text.Add(line);
            }
            else if (language is null)
            {
                (language, text) = (line[3..].Trim(), []);
            }
            else
            {
                blocks.Add((language, string.Join('\n', text)));
                language = null;
            }
        }

        return blocks;
    }
}
