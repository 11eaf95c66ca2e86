using System.Text.RegularExpressions;
using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.Storage.Milvus.Wire;

namespace ImageSearch.Silo.Settings;

/// <summary>Declares the settings of <see cref="MilvusSettings"/>.</summary>
internal static partial class MilvusDefinitions
{
    public static readonly OptionalTextSetting Host = new("MILVUS_HOST", "host name or IP address", "Milvus server that stores the vectors.")
    {
        Accepts = HostName.IsValid,
        ErrorBound = "the name or address of a server, without a port (that is MILVUS_PORT)",
    };

    public static readonly PortSetting Port = new("MILVUS_PORT", MilvusLimits.DefaultPort, "gRPC port of the server.");

    public static readonly OptionalTextSetting User = new("MILVUS_USER", "text", "User name.");

    public static readonly OptionalTextSetting Password = new("MILVUS_PWD", "text", "Password.");

    public static readonly OptionalTextSetting Token = new("MILVUS_TOKEN", "text", "Token to use instead of user name and password.");

    public static readonly OptionalTextSetting Database = new(
        "MILVUS_DB", "a letter or underscore and up to 254 letters, digits or underscores",
        "Database of Milvus, created if it does not exist; without it, the default database.")
    {
        Accepts = DatabaseName().IsMatch,
    };

    public static readonly BooleanSetting Tls = new("MILVUS_TLS", false, "If true, connections use TLS.");

    public static readonly OptionalTextSetting Authority = new(
        "MILVUS_TLS_CA", "PEM file", "Certificate authorities to trust instead of the system's.");

    public static readonly EnumSetting<MilvusIndexKind> Index = new("MILVUS_INDEX", MilvusIndexKind.Hnsw, "Index type of new tables.");

    public static readonly NumberSetting M = new(
        "MILVUS_M", MilvusLimits.DefaultM, MilvusLimits.MinM, MilvusLimits.MaxM, unit: null, "Parameter M of `hnsw`.");

    public static readonly NumberSetting EfConstruction = new(
        "MILVUS_EF_CONSTRUCTION", MilvusLimits.DefaultEfConstruction, MilvusLimits.MinEfConstruction, MilvusLimits.MaxEfConstruction, unit: null,
        "Parameter efConstruction of `hnsw`.");

    public static readonly NumberSetting Lists = new(
        "MILVUS_NLIST", MilvusLimits.DefaultLists, MilvusLimits.MinLists, MilvusLimits.MaxLists, unit: null,
        "Parameter nlist of `ivfflat` and `ivfsq8`.");

    public static readonly NumberSetting Replicas = new(
        "MILVUS_REPLICAS", MilvusLimits.DefaultReplicas, MilvusLimits.MinReplicas, MilvusLimits.MaxReplicas, "copies",
        "Copies of each table in the memory of the Milvus query nodes.");

    public static readonly BooleanSetting Mmap = new(
        "MILVUS_MMAP", false, "If true, Milvus maps new tables from disk instead of loading them into memory.");

    public static readonly BooleanSetting StrongConsistency = new(
        "MILVUS_STRONG", false,
        "If true, each search waits until Milvus shows the writes of all clients, which takes some hundred milliseconds.");

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,254}\z", RegexOptions.CultureInvariant)]
    private static partial Regex DatabaseName();
}
