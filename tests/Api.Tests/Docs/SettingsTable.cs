namespace ImageSearch.Api.Tests.Docs;

/// <summary>The tables of settings on a page: name, default, range and meaning.</summary>
internal static class SettingsTable
{
    private static readonly string[] Headers = ["| name | default | range | meaning |", "| 名称 | 默认值 | 取值范围 | 说明 |"];

    /// <summary>The rows of all tables of settings on a page, in order.</summary>
    public static IReadOnlyList<Row> Of(string page)
    {
        var rows = new List<Row>();
        var inTable = false;
        foreach (var line in File.ReadAllText(Path.Combine(ReadmeBlocks.Root(), page)).Split('\n'))
        {
            inTable = Headers.Contains(line) || (inTable && line.StartsWith('|'));
            if (inTable && !Headers.Contains(line) && !line.StartsWith("|---", StringComparison.Ordinal)) rows.Add(Parse(line));
        }

        return rows;
    }

    private static Row Parse(string line)
    {
        var cells = line.Trim('|').Split('|', StringSplitOptions.TrimEntries);
        cells.Length.ShouldBe(4, line);
        return new Row(cells[0], cells[1], cells[2], cells[3]);
    }

    /// <summary>A setting on a page; an empty default means that it is not set.</summary>
    internal sealed record Row(string Name, string Default, string Range, string Meaning);
}
