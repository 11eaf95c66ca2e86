using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ImageSearch.Storage.Backups;

namespace ImageSearch.Cli.Backups;

/// <summary>The report of a command about a backup.</summary>
internal sealed class BackupReport(string command, string backup)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public string Command { get; } = command;

    /// <summary>The name or the folder of the backup.</summary>
    public string Backup { get; set; } = backup;

    public bool Complete { get; set; }

    public string? Error { get; set; }

    /// <summary>When the backup began, UTC.</summary>
    public string? Began { get; set; }

    public long Bytes { get; set; }

    public long Tables { get; set; }

    public long Rows { get; set; }

    public double Seconds { get; set; }

    public List<string> Notes { get; } = [];

    /// <summary>Takes what a manifest tells.</summary>
    public void Take(BackupManifest manifest) =>
        (Began, Bytes, Tables, Rows) = (manifest.Began, manifest.TotalBytes(), manifest.Tables.Count, manifest.TotalRows());

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    public string ToText()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Command} {Backup}: {Tables} tables, {Rows} rows, {Bytes >> 20} MB, begun {Began}, in {Seconds:0.0} s");
        foreach (var note in Notes) text.Append('\n').Append("note: ").Append(note);
        return text.ToString();
    }
}
