using System.Globalization;
using System.Text;

namespace ImageSearch.Cli.Imports;

/// <summary>A picture that was not imported.</summary>
internal sealed record FailedPicture(string Name, string Code, string Message);

/// <summary>The report of an import into a service.</summary>
internal sealed class ImportReport(string table, string source)
{
    // Bounds the memory if every picture of a large folder fails.
    private const int MaxFailures = 100_000;
    private const int MaxFailuresShown = 20;

    private readonly List<FailedPicture> _failures = [];

    public string Command { get; } = "import";

    public string Table { get; } = table;

    public string Source { get; } = source;

    public bool DryRun { get; init; }

    /// <summary>Whether every picture is stored or has failed.</summary>
    public bool Complete { get; set; }

    public long Pictures { get; set; }

    public long Stored { get; set; }

    public long Failed { get; private set; }

    public double Seconds { get; set; }

    public List<string> Notes { get; } = [];

    public IReadOnlyList<FailedPicture> Failures => _failures;

    /// <summary>Counts pictures that failed, of which some are listed.</summary>
    public void Fail(long count) => Failed += count;

    /// <summary>Lists a picture that failed.</summary>
    public void List(string name, string code, string message)
    {
        if (_failures.Count < MaxFailures) _failures.Add(new FailedPicture(name, code, message));
    }

    public string ToText()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Command} {Table}{(DryRun ? " (dry run, nothing was stored)" : "")}: ");
        text.Append(CultureInfo.InvariantCulture, $"{Pictures} pictures, {Stored} {(DryRun ? "would be stored" : "stored")}, {Failed} failed, in {Seconds:0.0} s");
        if (Seconds > 0) text.Append(CultureInfo.InvariantCulture, $" ({Stored / Seconds:0}/s)");
        foreach (var note in Notes) text.Append("\nnote: ").Append(note);
        foreach (var failure in _failures.Take(MaxFailuresShown)) text.Append(CultureInfo.InvariantCulture, $"\nfailed {failure.Name}: {failure.Message} ({failure.Code})");
        if (Failed > MaxFailuresShown) text.Append(CultureInfo.InvariantCulture, $"\n… and {Failed - MaxFailuresShown} more; --json lists them");
        return text.ToString();
    }
}
