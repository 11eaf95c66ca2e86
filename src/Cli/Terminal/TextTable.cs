using Spectre.Console;

namespace ImageSearch.Cli.Terminal;

/// <summary>Rows with columns: a table on a terminal, otherwise lines separated by tabs. Cells may have texts of the service.</summary>
internal sealed class TextTable(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string?[] cells) => _rows.Add([.. cells.Select(SafeText.Of)]);

    /// <summary>Prints the entries of a list: as JSON, a line each as they come, or else as rows when all have come.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="entries">The list.</param>
    /// <param name="cellsOf">The cells of an entry, a column each.</param>
    public async Task WriteAsync<T>(CommandOutput output, IAsyncEnumerable<T> entries, Func<T, string?[]> cellsOf)
    {
        await foreach (var entry in entries)
        {
            if (output.AsJson) output.Json(entry);
            else Add(cellsOf(entry));
        }

        if (!output.AsJson) WriteTo(output);
    }

    public void WriteTo(CommandOutput output)
    {
        if (output.IsTerminal)
        {
            output.Ansi().Write(ToTable());
            return;
        }

        output.Out.WriteLine(string.Join('\t', columns));
        foreach (var row in _rows) output.Out.WriteLine(string.Join('\t', row));
    }

    private Table ToTable()
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns) table.AddColumn(new TableColumn(Markup.Escape(column)));
        foreach (var row in _rows) table.AddRow([.. row.Select(cell => new Text(cell))]);
        return table;
    }
}
