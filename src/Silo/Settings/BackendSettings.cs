using ImageSearch.Embedding;
using ImageSearch.ServiceDefaults.Logs;
using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.ServiceDefaults.Telemetry;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Milvus.Wire;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.Vectors.Embedded;

namespace ImageSearch.Silo.Settings;

/// <summary>The settings of what the grains work with (catalog, index and network) and of what every process tells about itself.</summary>
internal sealed record BackendSettings
{
    public required string DataPath { get; init; }

    public required EmbeddingOptions Embedding { get; init; }

    public required Metric Metric { get; init; }

    public required int? VectorDimension { get; init; }

    public required int IndexMemoryMegabytes { get; init; }

    public required int IndexThreads { get; init; }

    public required int MaxTables { get; init; }

    /// <summary>The server that keeps the catalog; null: a file in <see cref="DataPath"/> does.</summary>
    public required MySqlOptions? MySql { get; init; }

    /// <summary>The server that keeps the vectors; null: an index in <see cref="DataPath"/> does.</summary>
    public required MilvusOptions? Milvus { get; init; }

    public required LogFileSettings LogFiles { get; init; }

    /// <summary>Where metrics and traces are sent; null: nowhere.</summary>
    public required TelemetrySettings? Telemetry { get; init; }

    /// <summary>Reads the settings; what is wrong with them is in the reader then.</summary>
    public static BackendSettings Read(SettingReader read)
    {
        var dataPath = Path.GetFullPath(read.Text("DATA_PATH") ?? "data");
        return new BackendSettings
        {
            DataPath = dataPath,
            Embedding = new EmbeddingOptions
            {
                ModelPath = Path.GetFullPath(read.Text("MODEL_PATH") ?? Path.Combine(AppContext.BaseDirectory, "models", "lite0-ret-512-sal")),
                Lanes = read.Number("EMBEDDING_LANES", Math.Min(Environment.ProcessorCount, 256), 1, 256),
                QueueLength = read.Number("EMBEDDING_QUEUE", 256, 1, 100_000),
                LongestWait = TimeSpan.FromSeconds(read.Number("QUEUE_SECONDS", 3, 1, 86_400)),
                PictureTime = TimeSpan.FromSeconds(read.Number("PICTURE_SECONDS", 5, 1, 300)),
                MaxMegapixels = read.Number("MAX_MEGAPIXELS", 64, 1, 1000),
                DecodeMemoryMegabytes = read.Number("DECODE_MEMORY_MB", 512, 64, 65_536),
                AllowTiff = read.Switch("ALLOW_TIFF", false),
                AllowAvif = read.Switch("ALLOW_AVIF", false),
            },
            Metric = read.Choice("METRIC_TYPE", Metric.L2),
            VectorDimension = read.Text("VECTOR_DIMENSION") is null ? null : read.Number("VECTOR_DIMENSION", 0, 1, 32_768),
            IndexMemoryMegabytes = read.Number("INDEX_MEMORY_MB", EmbeddedVectorStoreOptions.DefaultMemoryMegabytes, 16, 1_048_576),
            IndexThreads = read.Number("INDEX_THREADS", EmbeddedVectorStoreOptions.DefaultThreads, 1, 256),
            MaxTables = read.Number("MAX_TABLES", CatalogLimits.DefaultMaxTables, 1, CatalogLimits.MaxTablesBound),
            MySql = MySqlSettings.Read(read),
            Milvus = MilvusSettings.Read(read),
            LogFiles = new LogFileSettings(read.Number("logs_num", 0, 0, 10_000), Path.Combine(dataPath, "logs")),
            Telemetry = TelemetrySettings.Read(read),
        };
    }
}
