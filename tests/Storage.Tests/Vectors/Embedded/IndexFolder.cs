using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors.Embedded;
using ImageSearch.VectorIndex;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Tests.Vectors.Embedded;

/// <summary>A folder of indexes for one test, the stores that open it one after another, and small rows for them.</summary>
internal sealed class IndexFolder : IDisposable
{
    public const int Dimension = 16;
    private static readonly ModelIdentity Model = new("model", "1", Dimension);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imagesearch-index-");

    public string Path => _folder.FullName;

    /// <summary>What the stores logged.</summary>
    public RecordedLog Log { get; } = new();

    public SteppedTime Time { get; } = new();

    /// <summary>A store whose upkeep runs only when the test calls it.</summary>
    public EmbeddedVectorStore Open(long limit = long.MaxValue / 4, IndexOptions? index = null, int maxInMemory = 1024) =>
        new(
            new EmbeddedVectorStoreOptions
            {
                Folder = Path,
                MemoryLimitBytes = limit,
                Threads = 2,
                Index = index,
                MaxInMemory = maxInMemory,
                UpkeepInterval = Timeout.InfiniteTimeSpan,
            },
            Time,
            Log);

    public static TableRecord Table(long number, string name = "shop") =>
        new(new TableGeneration(TableName.Parse(name).Value, number), Model, Metric.L2);

    public string FolderOf(TableRecord table) => System.IO.Path.Combine(Path, $"{table.Generation.Number}_{table.Generation.Name}");

    public string SnapshotOf(TableRecord table) => System.IO.Path.Combine(FolderOf(table), "index.snapshot");

    public static float[] Vector(int seed)
    {
        var random = new Random(seed);
        double[] values = [.. Enumerable.Range(0, Dimension).Select(_ => random.NextDouble() - 0.5)];
        double length = Math.Sqrt(values.Sum(value => value * value));
        return [.. values.Select(value => (float)(value / length))];
    }

    public static RowVectors Row(long id, int version = 1, int? seed = null) =>
        new(new RowVersion(id, version), Vector(seed ?? HashCode.Combine(id, version)), null);

    /// <summary>The catalog's rows in several batches.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<RowVersion>> Walk(params IEnumerable<RowVersion> rows)
    {
        foreach (var batch in rows.OrderBy(row => row.Id).Chunk(7))
        {
            await Task.Yield();
            yield return batch;
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

/// <summary>Records log messages.</summary>
internal sealed class RecordedLog : ILogger<EmbeddedVectorStore>
{
    private readonly List<(LogLevel Level, string Text)> _lines = [];

    public IReadOnlyList<(LogLevel Level, string Text)> Lines
    {
        get
        {
            lock (_lines) return [.. _lines];
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines) _lines.Add((logLevel, formatter(state, exception)));
    }
}

/// <summary>A clock whose timestamps a test advances; its timers are the system's.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public void Advance(TimeSpan time) => Interlocked.Add(ref _now, time.Ticks);
}
