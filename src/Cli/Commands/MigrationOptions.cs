using System.CommandLine;

namespace ImageSearch.Cli.Commands;

/// <summary>Options that the migrations share.</summary>
internal static class MigrationOptions
{
    public static Option<FileInfo?> Report() =>
        new("--report") { Description = "Write the report, with every refused row, into this file (JSON)." };

    public static Option<Metric> Metric() => new("--metric")
    {
        Description = "What hits of the table report. Default: the variable METRIC_TYPE, or L2.",
        DefaultValueFactory = _ =>
            Enum.TryParse<Metric>(Environment.GetEnvironmentVariable("METRIC_TYPE"), ignoreCase: true, out var set) ? set : ImageSearch.Metric.L2,
    };

    public static Option<DirectoryInfo> Model() => new("--model")
    {
        Description = "The folder of the model that the service runs (its MODEL_PATH). Default: the variable MODEL_PATH, or the model that comes along.",
        DefaultValueFactory = _ => new DirectoryInfo(
            Environment.GetEnvironmentVariable("MODEL_PATH") is { Length: > 0 } path ? path : Path.Combine(AppContext.BaseDirectory, "models", "lite0-ret-512-sal")),
    };
}
