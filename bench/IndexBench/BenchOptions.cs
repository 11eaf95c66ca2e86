using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ImageSearch.IndexBench;

/// <summary>The options of the command line.</summary>
/// <param name="Base">The vectors to index.</param>
/// <param name="Queries">The vectors to search by.</param>
/// <param name="Dimension">Number of values in a vector.</param>
/// <param name="Threads">Number of threads that build, and of the multi-threaded search measurement.</param>
/// <param name="TopK">Number of hits per search.</param>
/// <param name="Rows">Number of vectors to index, from the first on; null for all.</param>
/// <param name="Widths">Beam widths of graph searches.</param>
/// <param name="FilterShares">Shares of rows that the filters allow.</param>
/// <param name="Churn">The share of rows to replace, or 0.</param>
/// <param name="Folder">The folder of the index; null for a temporary one.</param>
/// <param name="Truth">The file of the ground truth, read if it exists and written otherwise.</param>
/// <param name="Json">The file of the JSON report, or null.</param>
internal sealed record BenchOptions(
    FileInfo Base,
    FileInfo Queries,
    int Dimension,
    int Threads,
    int TopK,
    int? Rows,
    int[] Widths,
    double[] FilterShares,
    double Churn,
    DirectoryInfo? Folder,
    FileInfo? Truth,
    FileInfo? Json)
{
    public static RootCommand Command(Func<BenchOptions, CancellationToken, Task<int>> run)
    {
        var baseFile = new Option<FileInfo>("--base") { Required = true, Description = "Raw little-endian float32 vectors of unit length, row after row." };
        var queries = new Option<FileInfo>("--queries") { Required = true, Description = "Query vectors, in the same format." };
        var dimension = Number("--dim", 512, 1, 65_536, "Number of values in a vector.");
        var threads = Number("--threads", Environment.ProcessorCount, 1, 256, "Number of threads that build and search; searches are also measured with one.");
        var topK = Number("--k", 10, 1, 1_000, "Number of hits per search.");
        var rows = new Option<int?>("--n") { Description = "Index only this many vectors, from the first on. Default: all." };
        var widths = List("--widths", "32,64,96,128,192,256,384,512", "Beam widths of graph searches.", width => width is >= 1 and <= 100_000 && width == Math.Floor(width));
        var shares = List("--filter-share", "", "Shares of rows that the filters allow, for example 0.01,0.1,0.5.", share => share is > 0 and <= 1);
        var churn = new Option<double>("--churn") { Description = "Share of rows, selected at random, to delete or update and put again at the end. Default: 0." };
        var folder = new Option<DirectoryInfo?>("--folder") { Description = "Empty or missing folder for the index, which is kept. Default: a temporary one." };
        var truth = new Option<FileInfo?>("--truth") { Description = "Ground truth as int32 row numbers, --k per query: read if the file exists, otherwise computed and written. Valid for one base, --n and --k." };
        var json = new Option<FileInfo?>("--json") { Description = "Write the report to this file as one JSON object." };
        baseFile.AcceptExistingOnly();
        queries.AcceptExistingOnly();
        rows.Validators.Add(result => Check(result, result.GetValueOrDefault<int?>() is null or > 0, "--n must be a whole number above 0."));
        churn.Validators.Add(result => Check(result, result.GetValueOrDefault<double>() is >= 0 and <= 1, "--churn must be a number from 0 to 1."));

        var command = new RootCommand("Measures the vector index on files of vectors: speed, recall and memory of the exact scan and of the graph.")
        {
            baseFile, queries, dimension, threads, topK, rows, widths, shares, churn, folder, truth, json,
        };
        command.SetAction((parsed, cancellationToken) => run(
            new BenchOptions(
                parsed.GetValue(baseFile)!,
                parsed.GetValue(queries)!,
                parsed.GetValue(dimension),
                parsed.GetValue(threads),
                parsed.GetValue(topK),
                parsed.GetValue(rows),
                [.. Split(parsed.GetValue(widths)!).Select(width => (int)width!.Value)],
                [.. Split(parsed.GetValue(shares)!).Select(share => share!.Value)],
                parsed.GetValue(churn),
                parsed.GetValue(folder),
                parsed.GetValue(truth),
                parsed.GetValue(json)),
            cancellationToken));
        return command;
    }

    private static Option<int> Number(string name, int defaultValue, int min, int max, string description)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => defaultValue };
        option.Validators.Add(result => Check(
            result,
            result.GetValueOrDefault<int>() is var number && number >= min && number <= max,
            $"{name} must be a whole number from {min} to {max}."));
        return option;
    }

    private static Option<string> List(string name, string defaultValue, string description, Func<double, bool> isAllowed)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => defaultValue };
        option.Validators.Add(result => Check(
            result,
            Split(result.GetValueOrDefault<string>()).All(number => number is { } value && isAllowed(value)),
            $"{name} must be numbers separated by commas: {description}"));
        return option;
    }

    private static IEnumerable<double?> Split(string text) => text
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(part => double.TryParse(part, CultureInfo.InvariantCulture, out double number) ? number : (double?)null);

    private static void Check(OptionResult result, bool isValid, string message)
    {
        if (!isValid)
            result.AddError(message);
    }
}
