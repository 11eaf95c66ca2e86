using ImageSearch.Client.Json;
using ImageSearch.Client.Tables;

namespace ImageSearch.Client.Keys;

/// <summary>Changes of an API key. What is not set stays; null removes a limit.</summary>
public sealed record ApiKeyChanges
{
    /// <summary>What its owner calls it; null stays.</summary>
    public string? Name { get; init; }

    /// <summary>What it may do; null stays.</summary>
    public IReadOnlyList<KeyScope>? Scopes { get; init; }

    /// <summary>Its tables; null stays.</summary>
    public IReadOnlyList<string>? Tables { get; init; }

    /// <summary>Calls per second in the long run.</summary>
    public Optional<double?> CallsPerSecond { get; init; }

    /// <summary>Calls that may come at once.</summary>
    public Optional<int?> Burst { get; init; }

    /// <summary>Rows in all its tables.</summary>
    public Optional<long?> MaxRows { get; init; }

    /// <summary>How many tables it may have.</summary>
    public Optional<int?> MaxTables { get; init; }

    /// <summary>When it ends.</summary>
    public Optional<DateTimeOffset?> Expires { get; init; }

    /// <summary>Whether it is refused; null stays.</summary>
    public bool? Disabled { get; init; }

    internal byte[] ToJson()
    {
        var members = new Members()
            .Add("name", Name)
            .AddList("scopes", Scopes is null ? null : [.. Scopes.Select(WordConverter<KeyScope>.Of)])
            .AddList("tables", Tables is null ? null : [.. Tables])
            .AddRaw("disabled", Disabled switch { null => null, true => "true", false => "false" });
        if (CallsPerSecond.IsSet) members.Add("calls_per_second", CallsPerSecond.Value).AddNull("calls_per_second", CallsPerSecond.Value is null);
        if (Burst.IsSet) members.Add("burst", Burst.Value).AddNull("burst", Burst.Value is null);
        if (MaxRows.IsSet) members.Add("max_rows", MaxRows.Value).AddNull("max_rows", MaxRows.Value is null);
        if (MaxTables.IsSet) members.Add("max_tables", MaxTables.Value).AddNull("max_tables", MaxTables.Value is null);
        if (Expires.IsSet) members.Add("expires", DateText.Of(Expires.Value)).AddNull("expires", Expires.Value is null);
        return members.ToJson();
    }
}
