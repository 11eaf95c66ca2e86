using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors.Embedded;

namespace ImageSearch.Silo.Settings;

/// <summary>Declares the settings of <see cref="BackendSettings"/>.</summary>
internal static class BackendDefinitions
{
    public static readonly TextSetting DataPath = new("DATA_PATH", "./data", "folder", "Folder of all data that the process keeps.");

    public static readonly EnumSetting<Metric> Metric = new("METRIC_TYPE", ImageSearch.Metric.L2, "Metric that new tables report.");

    public static readonly OptionalNumberSetting VectorDimension = new(
        "VECTOR_DIMENSION", 1, 32_768, "values", "If set, it must equal the dimension of the model, otherwise the service does not start.");

    public static readonly NumberSetting IndexMemoryMegabytes = new(
        "INDEX_MEMORY_MB", EmbeddedVectorStoreOptions.DefaultMemoryMegabytes, 16, 1_048_576, "MB", "Memory for the indexes of all tables.")
    {
        DefaultDescription = "a quarter of the machine's memory, 256 to 32,768",
    };

    public static readonly NumberSetting IndexThreads = new(
        "INDEX_THREADS", EmbeddedVectorStoreOptions.DefaultThreads, 1, EmbeddedVectorStoreOptions.MaxThreads, "threads",
        "Threads that build the indexes of large tables in the background.")
    {
        DefaultDescription = "number of cores − 1, at least 1",
    };

    public static readonly NumberSetting IndexSearchWidth = new(
        "INDEX_SEARCH_WIDTH", 0, 0, 65_535, null,
        "Beam width (efSearch) of searches in large tables; 0 measures it for each table.");

    public static readonly NumberSetting IndexRecall = new(
        "INDEX_RECALL", 98, 50, 99, "%",
        "Average share of the ten nearest pictures that a search in a large table finds, from which `INDEX_SEARCH_WIDTH` = 0 derives the width.");

    public static readonly NumberSetting MaxTables = new(
        "MAX_TABLES", CatalogLimits.DefaultMaxTables, 1, CatalogLimits.MaxTablesBound, "tables",
        "Maximum number of tables, including those that `/api/image/sim/add` creates.");

    public static readonly EnumSetting<KeepPictures> KeepPictures = new(
        "KEEP_PICTURES", ImageSearch.KeepPictures.None, "What is kept of added pictures besides their vectors; a table may choose less.")
    {
        DefaultDescription = "`thumbnail` with the catalog in SQLite, `none` in MySQL",
    };

    public static readonly NumberSetting AuditDays = new(
        "AUDIT_DAYS", 90, 1, 3_650, "days", "How long entries of the audit (`GET /v1/audit`) are kept.");
}
