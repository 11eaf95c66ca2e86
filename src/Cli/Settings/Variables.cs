namespace ImageSearch.Cli.Settings;

/// <summary>
/// What the command line reads from the environment: settings of the service by their names in docs/configuration.md, and its own, whose names
/// begin with IMAGESEARCH.
/// </summary>
internal static class Variables
{
    public const string DataPath = "DATA_PATH";
    public const string FetchAllow = "FETCH_ALLOW";
    public const string FetchReferer = "FETCH_REFERER";
    public const string FetchUserAgent = "FETCH_USER_AGENT";
    public const string MetricType = "METRIC_TYPE";
    public const string MilvusDatabase = "MILVUS_DB";
    public const string MilvusPassword = "MILVUS_PWD";
    public const string MilvusPort = "MILVUS_PORT";
    public const string MilvusTls = "MILVUS_TLS";
    public const string MilvusTlsCa = "MILVUS_TLS_CA";
    public const string MilvusToken = "MILVUS_TOKEN";
    public const string MilvusUser = "MILVUS_USER";
    public const string ModelPath = "MODEL_PATH";
    public const string MySqlDatabase = "MYSQL_DB";
    public const string MySqlPassword = "MYSQL_PWD";
    public const string MySqlPort = "MYSQL_PORT";
    public const string MySqlTls = "MYSQL_TLS";
    public const string MySqlUser = "MYSQL_USER";
    public const string Profile = "IMAGESEARCH_PROFILE";
    public const string Server = "IMAGESEARCH_SERVER";
    public const string SimTable = "SIM_TABLE";
    public const string Token = "TOKEN";

    /// <summary>The value of a variable without surrounding white space; null if it is not set or blank.</summary>
    public static string? Read(string name) =>
        Environment.GetEnvironmentVariable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
