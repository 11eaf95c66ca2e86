using ImageSearch.VectorIndex;

namespace ImageSearch.Storage.Vectors.Embedded;

/// <summary>Folder and limits of the embedded vector store.</summary>
public sealed record EmbeddedVectorStoreOptions
{
    /// <summary>The highest <see cref="Threads"/>.</summary>
    public const int MaxThreads = 256;

    private const long Megabyte = 1 << 20;

    /// <summary>
    /// The folder with one subfolder per table; created if missing. Null keeps indexes in memory only: none is evicted, and none survives a
    /// restart.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>
    /// Memory limit of all indexes together, in bytes, 1 or more (setting INDEX_MEMORY_MB). The least recently used indexes are evicted
    /// first.
    /// </summary>
    public long MemoryLimitBytes { get; init; } = DefaultMemoryMegabytes * Megabyte;

    /// <summary>Threads that build graphs in the background, 1..256 (setting INDEX_THREADS).</summary>
    public int Threads { get; init; } = DefaultThreads;

    /// <summary>Beam width of graph searches; 0 to measure it for each table (setting INDEX_SEARCH_WIDTH).</summary>
    public int SearchWidth { get; init; }

    /// <summary>The recall that a measured width reaches, above 0 and below 1 (setting INDEX_RECALL, in percent).</summary>
    public double TargetRecall { get; init; } = new IndexOptions().TargetRecall;

    /// <summary>Options of each index; null for <see cref="SearchWidth"/>, <see cref="TargetRecall"/> and defaults.</summary>
    public IndexOptions? Index { get; init; }

    internal IndexOptions EffectiveIndex => Index ?? new IndexOptions { SearchWidth = SearchWidth, TargetRecall = TargetRecall };

    /// <summary>A quarter of the memory available to the process, 256..32,768.</summary>
    public static int DefaultMemoryMegabytes =>
        (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 / Megabyte, 256, 32_768);

    /// <summary>All processors but one, which is left for searches.</summary>
    public static int DefaultThreads => Math.Clamp(Environment.ProcessorCount - 1, 1, MaxThreads);

    /// <summary>
    /// Maximum number of tables in memory: each has two open files and a memory mapping, and the system limits both per process.
    /// </summary>
    internal int MaxInMemory { get; init; } = 1024;

    /// <summary>Interval of the background upkeep.</summary>
    internal TimeSpan UpkeepInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time limit for writing snapshots on disposal. Docker kills a container after ten seconds.</summary>
    internal TimeSpan ClosingTimeout { get; init; } = TimeSpan.FromSeconds(8);

    internal void Validate()
    {
        OptionBounds.Check(nameof(MemoryLimitBytes), MemoryLimitBytes, 1L, long.MaxValue / 2);
        OptionBounds.Check(nameof(Threads), Threads, 1, MaxThreads);
    }
}
