using ImageSearch.Client.Keys;
using ImageSearch.Pages.Fields;

namespace ImageSearch.Pages.Keys;

/// <summary>A key while its fields are filled in.</summary>
internal sealed class KeyDraft
{
    private static readonly char[] Separators = [' ', ',', '，', '\n', '\r'];

    public string Name { get; set; } = "";

    public bool CanRead { get; set; } = true;

    public bool CanWrite { get; set; }

    public bool CanAdminister { get; set; }

    /// <summary>Names and prefixes, one a line.</summary>
    public string Tables { get; set; } = "";

    public double? CallsPerSecond { get; set; }

    public int? Burst { get; set; }

    public long? MaxRows { get; set; }

    public int? MaxTables { get; set; }

    /// <summary>A date as a field of the browser has it; empty for none.</summary>
    public string Expires { get; set; } = "";

    public bool IsComplete => Name.Trim().Length > 0 && Tables.Trim().Length > 0 && (CanRead || CanWrite || CanAdminister);

    public NewApiKey ToKey(TimeZoneInfo zone) => new(Name.Trim(), [.. Scopes()], TableNames())
    {
        CallsPerSecond = CallsPerSecond,
        Burst = Burst,
        MaxRows = MaxRows,
        MaxTables = MaxTables,
        Expires = LocalTime.Parse(Expires, zone),
    };

    private IEnumerable<KeyScope> Scopes()
    {
        if (CanRead) yield return KeyScope.Read;
        if (CanWrite) yield return KeyScope.Write;
        if (CanAdminister) yield return KeyScope.Admin;
    }

    private string[] TableNames() => Tables.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
