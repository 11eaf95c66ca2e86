using ImageSearch.Storage.Catalog;
using static ImageSearch.Storage.OptionBounds;

namespace ImageSearch.Storage.Sqlite;

/// <summary>Where and how the SQLite catalog keeps its file.</summary>
public sealed record SqliteOptions
{
    /// <summary>The folder of <c>catalog.db</c> and its lock; made where it is missing (setting DATA_PATH).</summary>
    public required string DataFolder { get; init; }

    /// <summary>Writes that may wait, 1..100,000; more callers wait for room. Each holds its row's features, up to some tens of KB.</summary>
    public int QueueCapacity { get; init; } = 1024;

    /// <summary>Most writes that one commit takes, 1..10,000.</summary>
    public int GroupLimit { get; init; } = 256;

    /// <summary>Reads at a time, 1..256; each has a connection of its own.</summary>
    public int Readers { get; init; } = Math.Clamp(Environment.ProcessorCount * 2, 4, 16);

    /// <summary>Live tables that there may be, 1..1,000,000 (setting MAX_TABLES).</summary>
    public int MaxTables { get; init; } = CatalogLimits.DefaultMaxTables;

    /// <summary>How long to wait for another program that holds the file locked, 0..60 s.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Rows that one transaction of a move from the first schema takes: some 10 MB.</summary>
    internal int RowsPerMove { get; init; } = 1000;

    internal string DatabasePath => Path.Combine(DataFolder, "catalog.db");

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(DataFolder);
        Check(nameof(QueueCapacity), QueueCapacity, 1, 100_000);
        Check(nameof(GroupLimit), GroupLimit, 1, 10_000);
        Check(nameof(Readers), Readers, 1, 256);
        Check(nameof(MaxTables), MaxTables, 1, CatalogLimits.GreatestMaxTables);
        Check(nameof(BusyTimeout), BusyTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }
}
