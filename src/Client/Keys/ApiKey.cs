namespace ImageSearch.Client.Keys;

/// <summary>An API key.</summary>
public sealed record ApiKey
{
    /// <summary>Its id.</summary>
    public string Id { get; init; } = "";

    /// <summary>What its owner calls it.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it may do.</summary>
    public IReadOnlyList<KeyScope> Scopes { get; init; } = [];

    /// <summary>Its tables: names, or prefixes and *.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>Calls per second in the long run; null for no limit.</summary>
    public double? CallsPerSecond { get; init; }

    /// <summary>Calls that may come at once; null for those of one second.</summary>
    public int? Burst { get; init; }

    /// <summary>Rows in all its tables; null for no limit.</summary>
    public long? MaxRows { get; init; }

    /// <summary>How many tables it may have; null for no limit.</summary>
    public int? MaxTables { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Whether it is refused.</summary>
    public bool Disabled { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When it got its present secret; null if it has the first one.</summary>
    public DateTimeOffset? Rotated { get; init; }

    /// <summary>When it was used last, within a minute; null for never.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>What callers send as token; null but in the answers that create it.</summary>
    public string? Secret { get; init; }

    /// <summary>The key as text, without its secret.</summary>
    public override string ToString() => $"key {Id}";
}
