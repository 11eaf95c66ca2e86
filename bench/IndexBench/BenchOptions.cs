using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ImageSearch.IndexBench;

/// <summary>What is measured, from the command line.</summary>
/// <param name="Base">The vectors to index.</param>
/// <param name="Queries">The vectors to search by.</param>
/// <param name="Dimension">Values in a vector.</param>
/// <param name="Threads">Threads that build, and that search in the measurement with several.</param>
/// <param name="TopK">Hits wanted.</param>
/// <param name="Rows">The first so many vectors are indexed; null for all.</param>
/// <param name="Widths">Search widths of the graph.</param>
/// <param name="FilterShares">Shares of rows that filters allow.</param>
/// <param name="Churn">The share of rows that is deleted and put anew, or 0.</param>
/// <param name="Folder">Where the index lies; null for a temporary folder.</param>
/// <param name="Truth">The exact answers, read where the file is there and written where it is not.</param>
/// <param name="Json">The report's file, or null.</param>
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
        var queries = new Option<FileInfo>("--queries") { Required = true, Description = "Vectors to search by, in the same form." };
        var dimension = Number("--dim", 512, 1, 65_536, "Values in a vector.");
        var threads = Number("--threads", Environment.ProcessorCount, 1, 256, "Threads that build and search; searches are measured with one, too.");
        var topK = Number("--k", 10, 1, 1_000, "Hits wanted.");
        var rows = new Option<int?>("--n") { Description = "Index the first so many vectors of the base file. Default: all." };
        var widths = List("--widths", "32,64,96,128,192,256,384,512", "Search widths of the graph.", width => width is >= 1 and <= 100_000 && width == Math.Floor(width));
        var shares = List("--filter-share", "", "Shares of rows that a filter allows, 0.01,0.1,0.5 for instance.", share => share is > 0 and <= 1);
        var churn = new Option<double>("--churn") { Description = "Share of rows that is deleted at random and put anew at the end. Default: none." };
        var folder = new Option<DirectoryInfo?>("--folder") { Description = "Empty or missing folder for the index, which is left there. Default: a temporary one." };
        var truth = new Option<FileInfo?>("--truth") { Description = "Exact answers as int32 row numbers, --k a query: read where it is there, else computed and written. Of one base, --n and --k only." };
        var json = new Option<FileInfo?>("--json") { Description = "Write the report there, as one JSON object." };
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

    private static Option<int> Number(string name, int fallback, int least, int most, string description)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => fallback };
        option.Validators.Add(result => Check(
            result,
            result.GetValueOrDefault<int>() is var number && number >= least && number <= most,
            $"{name} must be a whole number from {least} to {most}."));
        return option;
    }

    private static Option<string> List(string name, string fallback, string description, Func<double, bool> isAllowed)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => fallback };
        option.Validators.Add(result => Check(
            result,
            Split(result.GetValueOrDefault<string>()).All(number => number is { } value && isAllowed(value)),
            $"{name} must be numbers with commas between: {description}"));
        return option;
    }

    private static IEnumerable<double?> Split(string text) => text
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(part => double.TryParse(part, CultureInfo.InvariantCulture, out double number) ? number : (double?)null);

    private static void Check(OptionResult result, bool holds, string message)
    {
        if (!holds)
            result.AddError(message);
    }
}
