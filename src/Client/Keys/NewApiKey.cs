using ImageSearch.Client.Json;

namespace ImageSearch.Client.Keys;

/// <summary>An API key to create.</summary>
public sealed record NewApiKey
{
    /// <summary>Creates a key.</summary>
    /// <param name="name">What its owner calls it, 1 to 255 characters.</param>
    /// <param name="scopes">What it may do.</param>
    /// <param name="tables">1 to 64 names of tables, or prefixes and *: <c>shop1_*</c>.</param>
    public NewApiKey(string name, IReadOnlyList<KeyScope> scopes, IReadOnlyList<string> tables)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(scopes);
        ArgumentNullException.ThrowIfNull(tables);
        (Name, Scopes, Tables) = (name, scopes, tables);
    }

    /// <summary>What its owner calls it.</summary>
    public string Name { get; }

    /// <summary>What it may do.</summary>
    public IReadOnlyList<KeyScope> Scopes { get; }

    /// <summary>Its tables.</summary>
    public IReadOnlyList<string> Tables { get; }

    /// <summary>Calls per second in the long run, 0.01 to 100,000; null for no limit.</summary>
    public double? CallsPerSecond { get; init; }

    /// <summary>Calls that may come at once; null for those of one second.</summary>
    public int? Burst { get; init; }

    /// <summary>Rows in all its tables; null for no limit.</summary>
    public long? MaxRows { get; init; }

    /// <summary>How many tables it may have, 0 to 1000; null for no limit.</summary>
    public int? MaxTables { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    internal byte[] ToJson() => new Members()
        .Add("name", Name)
        .AddList("scopes", [.. Scopes.Select(WordConverter<KeyScope>.Of)])
        .AddList("tables", [.. Tables])
        .Add("calls_per_second", CallsPerSecond).Add("burst", Burst).Add("max_rows", MaxRows).Add("max_tables", MaxTables)
        .Add("expires", DateText.Of(Expires))
        .ToJson();
}
