using System.Diagnostics;
using ImageSearch;
using ImageSearch.Embedding;
using ImageSearch.Embedding.Models;
using ImageSearch.PictureBench;
using Microsoft.Extensions.Logging.Abstractions;

// dotnet run -c Release --project bench/PictureBench -- FOLDER [RUNS] Embeds the files of a folder one by one, with both views, and
// prints for each: size, wall clock time, CPU time, growth of the peak memory and the result. With the third argument "keep" it embeds the
// whole pictures in turns without and with a thumbnail instead, and prints the CPU time of both.
var folder = args[0];
var runs = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 1;
if (args is [_, _, "keep"])
{
    await ThumbnailCost.PrintAsync(folder, runs);
    return;
}

await using var embedder = OnnxPictureEmbedder.Open(
    new EmbeddingOptions
    {
        ModelPath = Path.Combine(ModelFolder.Included, ModelFolder.DefaultName),
        Lanes = 1,
        AllowAvif = true,
        AllowTiff = true,
    },
    NullLogger.Instance);
Console.WriteLine($"{"file",-44} {"bytes",10} {"wall ms",9} {"CPU ms",9} {"peak MB",8}  result");
foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
{
    var bytes = await File.ReadAllBytesAsync(path);
    for (var run = 0; run < runs; run++)
    {
        ProcessCost.ResetPeak();
        var (memory, cpu, started) = (ProcessCost.Megabytes, ProcessCost.Cpu, Stopwatch.GetTimestamp());
        var result = await embedder.EmbedAsync(bytes, PictureViews.WholeAndMainObject, EmbeddingTarget.NewTable, CancellationToken.None);
        var wall = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var used = (ProcessCost.Cpu - cpu).TotalMilliseconds;
        Console.WriteLine(
            $"{Path.GetFileName(path),-44} {bytes.Length,10} {wall,9:0.0} {used,9:0.0} {ProcessCost.PeakMegabytes - memory,8:0}  "
            + (result.Failure?.Message ?? "embedded"));
    }
}
