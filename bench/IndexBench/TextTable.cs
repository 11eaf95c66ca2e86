using System.Text;

namespace ImageSearch.IndexBench;

/// <summary>A text table: names are left-aligned, numbers right-aligned.</summary>
internal sealed class TextTable(params string[] titles)
{
    private readonly List<string[]> _lines = [titles];

    public void Add(params string[] cells) => _lines.Add(cells);

    public override string ToString()
    {
        int[] widths = [.. titles.Select((_, column) => _lines.Max(line => column < line.Length ? line[column].Length : 0))];
        var text = new StringBuilder();
        foreach (string[] line in _lines)
        {
            IEnumerable<string> cells = line.Select((cell, column) =>
                char.IsAsciiLetter(_lines[1][column][0]) ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            text.AppendLine(string.Join("  ", cells).TrimEnd());
        }

        return text.ToString();
    }
}
