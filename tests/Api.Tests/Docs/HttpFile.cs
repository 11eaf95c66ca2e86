namespace ImageSearch.Api.Tests.Docs;

/// <summary>Reads the requests of a <c>.http</c> file, as far as the samples use the format.</summary>
internal static class HttpFile
{
    /// <param name="file">The file.</param>
    /// <param name="values">Variables that replace those of the file.</param>
    /// <returns>The requests in order; the body is empty where there is none.</returns>
    public static IReadOnlyList<(string Title, string Method, string Url, string Body)> Read(string file, Dictionary<string, string> values)
    {
        var parts = File.ReadAllText(file).ReplaceLineEndings("\n").Split("###");
        foreach (var line in parts[0].Split('\n').Where(line => line.StartsWith('@')))
        {
            var (name, value) = Halves(line[1..], "=");
            values.TryAdd(name, value);
        }

        return [.. parts.Skip(1).Select(part => Request(Filled(part, values)))];
    }

    private static string Filled(string part, Dictionary<string, string> values) =>
        values.Aggregate(part, (text, pair) => text.Replace("{{" + pair.Key + "}}", pair.Value, StringComparison.Ordinal));

    private static (string Title, string Method, string Url, string Body) Request(string text)
    {
        var (head, body) = Halves(text, "\n\n");
        var lines = head.Split('\n', StringSplitOptions.TrimEntries);
        var (method, url) = Halves(lines[1], " ");
        return (lines[0], method, url, body);
    }

    private static (string First, string Second) Halves(string text, string separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text.Trim(), "") : (text[..at].Trim(), text[(at + separator.Length)..].Trim());
    }
}
