using ImageSearch.Embedding;
using ImageSearch.ServiceDefaults.Logs;
using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.ServiceDefaults.Telemetry;
using ImageSearch.Storage.Backups;
using ImageSearch.Storage.Milvus.Wire;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.S3;

namespace ImageSearch.Silo.Settings;

/// <summary>The settings of the catalog, the index and the network, and of the logs and telemetry of a process.</summary>
public sealed record BackendSettings
{
    /// <summary>The folder of all data that the process keeps.</summary>
    public required string DataPath { get; init; }

    /// <summary>The network and its limits.</summary>
    public required EmbeddingOptions Embedding { get; init; }

    /// <summary>Memory for the vectors of searched pictures, in MiB; 0: none.</summary>
    public required int SearchCacheMegabytes { get; init; }

    /// <summary>The metric that new tables report.</summary>
    public required Metric Metric { get; init; }

    /// <summary>What is kept of pictures, where a table does not choose less.</summary>
    public required KeepPictures KeepPictures { get; init; }

    /// <summary>The dimension that the model must have; null: any.</summary>
    public required int? VectorDimension { get; init; }

    /// <summary>Memory for the indexes of all tables, in MiB.</summary>
    public required int IndexMemoryMegabytes { get; init; }

    /// <summary>Threads that build indexes.</summary>
    public required int IndexThreads { get; init; }

    /// <summary>The beam width of graph searches; 0: measured.</summary>
    public required int IndexSearchWidth { get; init; }

    /// <summary>The recall that a measured width reaches, in percent.</summary>
    public required int IndexRecallPercent { get; init; }

    /// <summary>The maximum number of tables.</summary>
    public required int MaxTables { get; init; }

    /// <summary>How long the audit is kept, in days.</summary>
    public required int AuditDays { get; init; }

    /// <summary>The server of the catalog; null: it is a file in <see cref="DataPath"/>.</summary>
    public required MySqlOptions? MySql { get; init; }

    /// <summary>The server of the vectors; null: they are in an index in <see cref="DataPath"/>.</summary>
    public required MilvusOptions? Milvus { get; init; }

    /// <summary>The bucket of the originals; null: they are in the catalog.</summary>
    public S3Options? Objects { get; init; }

    /// <summary>Where backups are kept; null: none are made.</summary>
    public BackupOptions? Backups { get; init; }

    /// <summary>Where log files are written.</summary>
    public required LogFileSettings LogFiles { get; init; }

    /// <summary>Where metrics and traces are sent; null: telemetry is off.</summary>
    public required TelemetrySettings? Telemetry { get; init; }

    /// <summary>Reads the settings; errors are added to the reader.</summary>
    public static BackendSettings Read(SettingReader reader)
    {
        var dataPath = Path.GetFullPath(reader.Text(BackendDefinitions.DataPath));
        var mySql = MySqlSettings.Read(reader);
        return new BackendSettings
        {
            DataPath = dataPath,
            Embedding = ReadEmbedding(reader),
            SearchCacheMegabytes = reader.Number(EmbeddingDefinitions.SearchCacheMegabytes),
            Metric = reader.Enum(BackendDefinitions.Metric),
            KeepPictures = reader.IsSet(BackendDefinitions.KeepPictures) || mySql is not null
                ? reader.Enum(BackendDefinitions.KeepPictures)
                : KeepPictures.Thumbnail,
            VectorDimension = reader.Number(BackendDefinitions.VectorDimension),
            IndexMemoryMegabytes = reader.Number(BackendDefinitions.IndexMemoryMegabytes),
            IndexThreads = reader.Number(BackendDefinitions.IndexThreads),
            IndexSearchWidth = reader.Number(BackendDefinitions.IndexSearchWidth),
            IndexRecallPercent = reader.Number(BackendDefinitions.IndexRecall),
            MaxTables = reader.Number(BackendDefinitions.MaxTables),
            AuditDays = reader.Number(BackendDefinitions.AuditDays),
            MySql = mySql,
            Milvus = MilvusSettings.Read(reader),
            Objects = S3Settings.Read(reader),
            Backups = BackupSettings.Read(reader),
            LogFiles = LogFileSettings.Read(reader, dataPath),
            Telemetry = TelemetrySettings.Read(reader),
        };
    }

    private static EmbeddingOptions ReadEmbedding(SettingReader reader)
    {
        var models = ModelSettings.Read(reader);
        var device = reader.Enum(EmbeddingDefinitions.Device);
        return new EmbeddingOptions
        {
            ModelPath = models.Folder,
            Precision = models.Precision,
            ModelFolders = models.Parents,
            Device = device,
            BatchSize = reader.Number(EmbeddingDefinitions.BatchSize)
                ?? (device == EmbeddingDevice.Cpu ? EmbeddingOptions.DefaultBatch : EmbeddingOptions.DefaultDeviceBatch),
            Lanes = reader.Number(EmbeddingDefinitions.Lanes),
            QueueLength = reader.Number(EmbeddingDefinitions.QueueLength),
            LongestWait = TimeSpan.FromSeconds(reader.Number(EmbeddingDefinitions.QueueSeconds)),
            PictureTime = TimeSpan.FromSeconds(reader.Number(EmbeddingDefinitions.PictureSeconds)),
            MegapixelLimit = reader.Number(EmbeddingDefinitions.Megapixels),
            DecodeMemoryMegabytes = reader.Number(EmbeddingDefinitions.DecodeMemoryMegabytes),
            AllowTiff = reader.Boolean(EmbeddingDefinitions.AllowTiff),
            AllowAvif = reader.Boolean(EmbeddingDefinitions.AllowAvif),
        };
    }
}
