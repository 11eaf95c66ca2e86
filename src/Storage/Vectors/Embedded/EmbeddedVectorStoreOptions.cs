using ImageSearch.VectorIndex;

namespace ImageSearch.Storage.Vectors.Embedded;

/// <summary>Where the embedded store keeps its indexes and what they may take.</summary>
public sealed record EmbeddedVectorStoreOptions
{
    /// <summary>The highest <see cref="Threads"/>.</summary>
    public const int MaxThreads = 256;

    private const long Megabyte = 1 << 20;

    /// <summary>
    /// The folder in which each table has a folder of its own; made where it is missing. Null: indexes are in memory only, none leaves it,
    /// and a restart finds none.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>
    /// Memory that all tables' indexes may take together, in bytes, 1 or more (setting INDEX_MEMORY_MB). Those that were not used for
    /// longest leave it first.
    /// </summary>
    public long MemoryLimitBytes { get; init; } = DefaultMemoryMegabytes * Megabyte;

    /// <summary>Threads that build graphs beside searches, 1..256 (setting INDEX_THREADS).</summary>
    public int Threads { get; init; } = DefaultThreads;

    /// <summary>How an index works; null for the defaults.</summary>
    public IndexOptions? Index { get; init; }

    /// <summary>A quarter of the memory that the process may use, 256..32,768.</summary>
    public static int DefaultMemoryMegabytes =>
        (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 / Megabyte, 256, 32_768);

    /// <summary>All processors but one, which searches keep.</summary>
    public static int DefaultThreads => Math.Clamp(Environment.ProcessorCount - 1, 1, MaxThreads);

    /// <summary>
    /// Tables in memory at a time, however small: each keeps two files open and a mapping, and the system limits both for a process.
    /// </summary>
    internal int MaxInMemory { get; init; } = 1024;

    /// <summary>How often the upkeep looks at the tables.</summary>
    internal TimeSpan UpkeepInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the store's end may take for snapshots. Docker kills a container after ten seconds.</summary>
    internal TimeSpan ClosingPatience { get; init; } = TimeSpan.FromSeconds(8);

    internal void Validate()
    {
        Check(nameof(MemoryLimitBytes), MemoryLimitBytes, 1, long.MaxValue / 2);
        Check(nameof(Threads), Threads, 1, MaxThreads);
    }

    private static void Check(string name, long value, long least, long most)
    {
        if (value < least || value > most)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {least}..{most}.");
    }
}
