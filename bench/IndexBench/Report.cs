using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.IndexBench;

/// <summary>The report of a run.</summary>
/// <param name="Options">The options of the run.</param>
/// <param name="Rows">Number of indexed vectors.</param>
/// <param name="Queries">Number of queries.</param>
/// <param name="ExactSeconds">Duration of computing the ground truth.</param>
/// <param name="TotalSeconds">Duration of the whole run.</param>
/// <param name="FolderBytes">Size of the files of the index after the snapshot.</param>
/// <param name="PeakBytes">Maximum resident memory since the creation of the index, including the benchmark's own and cached files.</param>
/// <param name="BytesBefore">Resident memory before the index.</param>
/// <param name="Steps">Steps of work on the index.</param>
/// <param name="Searches">Measurements of searches.</param>
internal sealed record Report(
    BenchOptions Options,
    int Rows,
    int Queries,
    double ExactSeconds,
    double TotalSeconds,
    long FolderBytes,
    long? PeakBytes,
    long? BytesBefore,
    IReadOnlyList<StepFigures> Steps,
    IReadOnlyList<SearchFigures> Searches)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    };

    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            Options.Dimension,
            Rows,
            Queries,
            Options.TopK,
            Options.Threads,
            Options.Churn,
            ExactSeconds,
            TotalSeconds,
            FolderBytes,
            PeakBytes,
            BytesBefore,
            Steps,
            Searches,
        },
        Json) + Environment.NewLine;

    public string ToText() => new StringBuilder()
        .AppendLine(Invariant($"{Rows:N0} x {Options.Dimension}, {Queries:N0} queries, {Options.TopK} hits, {Options.Threads} threads; ground truth took {ExactSeconds:F1} s, the run {TotalSeconds:F0} s"))
        .AppendLine(Invariant($"folder {FolderBytes / 1e6:N0} MB; resident before the index {BytesBefore / 1e6:N0} MB, at most {PeakBytes / 1e6:N0} MB"))
        .AppendLine()
        .Append(StepTable())
        .AppendLine()
        .Append(SearchTable())
        .ToString();

    private string StepTable()
    {
        var table = new TextTable("step", "seconds", "vectors/s", "process MB", "bytes/vector", "own bytes/vector");
        foreach (StepFigures step in Steps)
        {
            table.Add(
                step.Step,
                Number(step.Seconds, "F2"),
                Number(step.VectorsPerSecond, "N0"),
                Number(step.ProcessBytes / 1e6, "N1"),
                Number(step.ProcessBytesPerVector, "N0"),
                Number(step.OwnBytesPerVector, "N0"));
        }

        if (Steps.First(step => step.Step == "put") is var put && Steps.First(step => step.Step == "maintain") is var maintain)
            table.Add("put and maintain", Number(put.Seconds + maintain.Seconds, "F2"), Number(Rows / (put.Seconds + maintain.Seconds), "N0"));
        return table.ToString();
    }

    private string SearchTable()
    {
        var table = new TextTable("index", "state", "width", "filter", Invariant($"recall@{Options.TopK}"), "queries/s", Invariant($"by {Options.Threads} threads"), "p50 us", "p99 us");
        foreach (SearchFigures search in Searches)
        {
            table.Add(
                search.Index,
                search.State,
                Number(search.Width, "F0"),
                Number(search.FilterShare, "0.####"),
                Number(search.Recall, "F4"),
                Number(search.PerSecond, "N1"),
                Number(search.PerSecondByAll, "N1"),
                Number(search.P50Microseconds, "N0"),
                Number(search.P99Microseconds, "N0"));
        }

        return table.ToString();
    }

    private static string Number(double? number, string format) => number?.ToString(format, CultureInfo.InvariantCulture) ?? "-";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
