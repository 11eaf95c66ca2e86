using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Cli.Reports;

/// <summary>A row that was not taken.</summary>
/// <param name="Id">Its id, where it could be read.</param>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Reason">Why.</param>
internal sealed record RefusedEntry(long? Id, long? Line, string Reason);

/// <summary>What a run did, row by row where rows were refused.</summary>
internal sealed class RunReport(string command, string table)
{
    // A table whose every row is refused would otherwise fill the memory with one sentence a million times.
    private const int MaxEntries = 100_000;
    private const int MaxEntriesShown = 20;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly List<RefusedEntry> _refusedRows = [];

    public string Command { get; } = command;

    public string Table { get; } = table;

    public bool DryRun { get; init; }

    /// <summary>The run came to its end, whatever it refused.</summary>
    public bool Complete { get; set; }

    public string? Error { get; set; }

    /// <summary>Rows looked at.</summary>
    public long Rows { get; set; }

    /// <summary>Rows that are now where they should be (in a dry run: would be).</summary>
    public long Taken { get; set; }

    /// <summary>Rows that were there already, exactly so.</summary>
    public long AlreadyThere { get; set; }

    public long Refused { get; private set; }

    /// <summary>Rows of those taken whose picture was embedded anew.</summary>
    public long? Reembedded { get; set; }

    public double Seconds { get; set; }

    public IReadOnlyList<RefusedEntry> RefusedRows => _refusedRows;

    public List<string> Notes { get; } = [];

    /// <summary>Where the report is written to, too.</summary>
    [JsonIgnore]
    public string? File { get; init; }

    [JsonIgnore]
    public bool Interrupted { get; set; }

    /// <summary>There is something to report beside an error.</summary>
    [JsonIgnore]
    public bool Started => Rows > 0 || Complete;

    public void Refuse(long? id, long? line, string reason)
    {
        Refused++;
        if (_refusedRows.Count < MaxEntries) _refusedRows.Add(new RefusedEntry(id, line, reason));
    }

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    public string ToText()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Command} {Table}{(DryRun ? " (dry run, nothing was changed)" : "")}: ");
        text.Append(CultureInfo.InvariantCulture, $"{Rows} rows, {Taken} {(DryRun ? "would be taken" : "taken")}, ");
        text.Append(CultureInfo.InvariantCulture, $"{AlreadyThere} were there already, {Refused} refused, in {Seconds:0.0} s");
        if (Reembedded is { } count) text.Append(CultureInfo.InvariantCulture, $"; {count} pictures embedded anew");
        foreach (var note in Notes) text.Append('\n').Append("note: ").Append(note);
        foreach (var row in _refusedRows.Take(MaxEntriesShown)) text.Append('\n').Append("refused ").Append(Where(row)).Append(": ").Append(row.Reason);
        if (Refused > MaxEntriesShown)
            text.Append(CultureInfo.InvariantCulture, $"\n… and {Refused - MaxEntriesShown} more; the report in JSON lists them");
        return text.ToString();
    }

    private static string Where(RefusedEntry row) => string.Join(
        ", ",
        new[] { row.Id is { } id ? $"row {id}" : null, row.Line is { } line ? $"line {line}" : null }.Where(part => part is not null));
}
