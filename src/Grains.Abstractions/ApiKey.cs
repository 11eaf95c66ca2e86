namespace ImageSearch;

/// <summary>An API key, without its secret. A service that many shops share gives each of them one.</summary>
/// <param name="Id">Its id, which is no secret: lower-case letters and digits.</param>
/// <param name="Name">What the provider calls it.</param>
/// <param name="Scopes">What it may do. No scope includes another.</param>
/// <param name="Tables">The tables that it may use (<see cref="TablePattern"/>), disjoint and in order.</param>
[GenerateSerializer, Immutable]
public sealed record ApiKey(string Id, string Name, IReadOnlyList<KeyScope> Scopes, IReadOnlyList<string> Tables)
{
    /// <summary>Length of an id in characters.</summary>
    public const int IdLength = 12;

    /// <summary>Maximum length of a name in Unicode characters.</summary>
    public const int MaxNameLength = 255;

    /// <summary>Calls per second in the long run; null for no limit.</summary>
    [Id(4)]
    public double? CallsPerSecond { get; init; }

    /// <summary>Calls that may come at once; null without a limit.</summary>
    [Id(5)]
    public int? Burst { get; init; }

    /// <summary>Maximum rows in all of its tables; null for no limit.</summary>
    [Id(6)]
    public long? MaxRows { get; init; }

    /// <summary>Maximum number of its tables; null for no limit.</summary>
    [Id(7)]
    public int? MaxTables { get; init; }

    /// <summary>When it stops working, UTC, <c>yyyy-MM-dd HH:mm:ss.fff</c>; null for never.</summary>
    [Id(8)]
    public string? Expires { get; init; }

    /// <summary>When it was created.</summary>
    [Id(9)]
    public string Created { get; init; } = "";

    /// <summary>When it got its present secret; null if it has the first one.</summary>
    [Id(10)]
    public string? Rotated { get; init; }

    /// <summary>When it was last used, within a minute; null if it was not.</summary>
    [Id(11)]
    public string? LastUsed { get; init; }

    /// <summary>Whether it is switched off.</summary>
    [Id(12)]
    public bool IsDisabled { get; init; }

    /// <summary>Incremented with every change, from 0.</summary>
    [Id(13)]
    public long Revision { get; init; }

    /// <summary>Identifies the key's present state.</summary>
    public string Tag => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Id}-{Revision:x}");

    /// <summary>Whether the key covers a table.</summary>
    public bool Covers(TableName table) => TablePattern.AnyCovers(Tables, table.Value);

    /// <summary>Whether the key works at a moment, a date as <see cref="Expires"/> is.</summary>
    public bool WorksAt(string moment) => !IsDisabled && (Expires is null || string.CompareOrdinal(moment, Expires) < 0);
}

/// <summary>What a key may do with its tables.</summary>
[GenerateSerializer]
public enum KeyScope
{
    /// <summary>Search, get, list, count, export, and see the progress of imports.</summary>
    Read,

    /// <summary>Add, change and delete items, and import.</summary>
    Write,

    /// <summary>Create, configure, load and drop tables.</summary>
    Admin,
}

/// <summary>The key that a secret belongs to.</summary>
/// <param name="Key">The key; null if there is none.</param>
[GenerateSerializer, Immutable]
public sealed record ApiKeyLookup(ApiKey? Key);
