using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ImageSearch.Cli.Terminal;

namespace ImageSearch.Cli.Reports;

/// <summary>A row that was refused.</summary>
/// <param name="Id">Its id, if it could be read.</param>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Reason">Why it was refused.</param>
internal sealed record RefusedEntry(long? Id, long? Line, string Reason);

/// <summary>The report of a run: counts, and the refused rows.</summary>
internal sealed class RunReport(string command, string table)
{
    // Bounds the memory if every row of a large table is refused.
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

    /// <summary>Whether the run completed, even if it refused rows.</summary>
    public bool Complete { get; set; }

    public string? Error { get; set; }

    /// <summary>The number of rows that were read.</summary>
    public long Rows { get; set; }

    /// <summary>The number of rows that were imported or, in a dry run, would be.</summary>
    public long Taken { get; set; }

    /// <summary>The number of rows that were already present and identical.</summary>
    public long AlreadyThere { get; set; }

    public long Refused { get; private set; }

    /// <summary>The number of imported rows that were re-embedded.</summary>
    public long? Reembedded { get; set; }

    public double Seconds { get; set; }

    public IReadOnlyList<RefusedEntry> RefusedRows => _refusedRows;

    public List<string> Notes { get; } = [];

    /// <summary>The file of the report; null if there is none.</summary>
    [JsonIgnore]
    public string? File { get; init; }

    [JsonIgnore]
    public bool Interrupted { get; set; }

    /// <summary>Whether there is something to report besides an error.</summary>
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
        text.Append(CultureInfo.InvariantCulture, $"{AlreadyThere} already present, {Refused} refused, in {Seconds:0.0} s");
        if (Reembedded is { } count) text.Append(CultureInfo.InvariantCulture, $"; {count} pictures re-embedded");
        foreach (var note in Notes) text.Append('\n').Append("note: ").Append(note);
        foreach (var row in _refusedRows.Take(MaxEntriesShown)) text.Append('\n').Append("refused ").Append(Locate(row)).Append(": ").Append(row.Reason);
        if (Refused > MaxEntriesShown)
            text.Append(CultureInfo.InvariantCulture, $"\n… and {Refused - MaxEntriesShown} more; the JSON report lists them");
        return SafeText.Lines(text.ToString());
    }

    private static string Locate(RefusedEntry row) => string.Join(
        ", ",
        new[] { row.Id is { } id ? $"row {id}" : null, row.Line is { } line ? $"line {line}" : null }.Where(part => part is not null));
}
