using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Originals;
using static ImageSearch.Storage.OptionBounds;

namespace ImageSearch.Storage.Sqlite;

/// <summary>The SQLite catalog's folder and limits of its use.</summary>
public sealed record SqliteOptions
{
    /// <summary>The folder of <c>catalog.db</c> and its lock; created if missing (setting DATA_PATH).</summary>
    public required string DataFolder { get; init; }

    /// <summary>
    /// Maximum number of queued writes, 1..100,000; further callers wait. Each holds its row's features, up to some tens of KB.
    /// </summary>
    public int QueueCapacity { get; init; } = 1024;

    /// <summary>Maximum number of writes in one commit, 1..10,000.</summary>
    public int GroupLimit { get; init; } = 256;

    /// <summary>Concurrent reads, 1..256; each has its own connection.</summary>
    public int Readers { get; init; } = Math.Clamp(Environment.ProcessorCount * 2, 4, 16);

    /// <summary>Maximum number of live tables, 1..1,000,000 (setting MAX_TABLES).</summary>
    public int MaxTables { get; init; } = CatalogLimits.DefaultMaxTables;

    /// <summary>Where originals are stored, closed by its owner; null for the file of the catalog.</summary>
    public IObjectStore? Objects { get; init; }

    /// <summary>How long to wait while another program has the file locked, 0..60 s.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Rows per transaction of a move from the first schema: about 10 MB.</summary>
    internal int RowsPerMove { get; init; } = 1000;

    /// <summary>The name of the catalog's file.</summary>
    internal const string DatabaseFile = "catalog.db";

    internal string DatabasePath => Path.Combine(DataFolder, DatabaseFile);

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(DataFolder);
        Check(nameof(QueueCapacity), QueueCapacity, 1, 100_000);
        Check(nameof(GroupLimit), GroupLimit, 1, 10_000);
        Check(nameof(Readers), Readers, 1, 256);
        Check(nameof(MaxTables), MaxTables, 1, CatalogLimits.MaxTablesBound);
        Check(nameof(BusyTimeout), BusyTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }
}
