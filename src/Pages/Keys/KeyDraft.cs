using ImageSearch.Client.Keys;
using ImageSearch.Client.Tables;
using ImageSearch.Pages.Fields;

namespace ImageSearch.Pages.Keys;

/// <summary>A key while its fields are filled in.</summary>
public sealed class KeyDraft
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

    /// <summary>The fields of a key.</summary>
    public static KeyDraft Of(ApiKey key, TimeZoneInfo zone) => new()
    {
        Name = key.Name,
        CanRead = key.Scopes.Contains(KeyScope.Read),
        CanWrite = key.Scopes.Contains(KeyScope.Write),
        CanAdminister = key.Scopes.Contains(KeyScope.Admin),
        Tables = string.Join('\n', key.Tables),
        CallsPerSecond = key.CallsPerSecond,
        Burst = key.Burst,
        MaxRows = key.MaxRows,
        MaxTables = key.MaxTables,
        Expires = key.Expires is { } end ? LocalTime.ToText(end, zone) : "",
    };

    /// <summary>What the fields change of a key. What others change at the same time stays.</summary>
    /// <param name="key">The key that the fields began with.</param>
    /// <param name="zone">The browser's time zone.</param>
    public ApiKeyChanges ToChanges(ApiKey key, TimeZoneInfo zone)
    {
        var (before, changed) = (Of(key, zone), ToKey(zone));
        return new ApiKeyChanges
        {
            Name = changed.Name == key.Name ? null : changed.Name,
            Scopes = Scopes().SequenceEqual(before.Scopes()) ? null : changed.Scopes,
            Tables = changed.Tables.SequenceEqual(key.Tables) ? null : changed.Tables,
            CallsPerSecond = Changed(CallsPerSecond, key.CallsPerSecond),
            Burst = Changed(Burst, key.Burst),
            MaxRows = Changed(MaxRows, key.MaxRows),
            MaxTables = Changed(MaxTables, key.MaxTables),
            // A field has no parts of a second.
            Expires = Expires == before.Expires ? default(Optional<DateTimeOffset?>) : changed.Expires,
        };
    }

    private static Optional<T> Changed<T>(T present, T before) => EqualityComparer<T>.Default.Equals(present, before) ? default(Optional<T>) : present;

    private IEnumerable<KeyScope> Scopes()
    {
        if (CanRead) yield return KeyScope.Read;
        if (CanWrite) yield return KeyScope.Write;
        if (CanAdminister) yield return KeyScope.Admin;
    }

    private string[] TableNames() => Tables.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
