using System.Diagnostics;

#pragma warning disable RS0030 // A command-line program prints.
namespace ImageSearch.Embedding.Tests.Retrieval;

/// <summary>Time and allocation of decoding, in turns.</summary>
internal static class DecodeTable
{
    private const int Turns = 15;
    private const int Calls = 20;

    internal static void Print(string model, string[] pictures)
    {
        double[] oversamplings = [2048, 2, 1.5, 1.25, 1];
        var embedders = oversamplings.Select(o => new Embedder(model, m => m with { Input = m.Input with { MinOversampling = o } })).ToList();
        Console.WriteLine($"## {embedders[0].Manifest.Identity.Name}: ms (median of {Turns}), ns per pixel, bytes allocated; oversampling exact, {string.Join(", ", oversamplings.Skip(1))}");
        var pixels = new byte[embedders[0].Manifest.Input.Width * embedders[0].Manifest.Input.Height * 3];
        foreach (var file in pictures)
        {
            var picture = embedders[0].Open(file);
            var times = embedders.Select(_ => new List<double>()).ToList();
            var allocated = new long[embedders.Count];
            for (var turn = 0; turn < Turns; turn++)
            {
                for (var i = 0; i < embedders.Count; i++)
                {
                    var (bytes, started) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
                    for (var call = 0; call < Calls; call++) embedders[i].Decode(picture, null, pixels);
                    times[i].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds / Calls);
                    allocated[i] = (GC.GetAllocatedBytesForCurrentThread() - bytes) / Calls;
                }
            }

            var medians = times.Select(t => t.Order().ElementAt(Turns / 2)).ToList();
            Console.WriteLine(
                $"{Path.GetFileName(file),-24} {picture.Header.Width} x {picture.Header.Height}, {picture.Bytes.Length} bytes: "
                + string.Join("  ", medians.Select((ms, i) => $"{ms:0.00} ms {ms * 1e6 / picture.Header.Pixels:0.0} ns {allocated[i]} B")));
        }

        foreach (var embedder in embedders) embedder.Dispose();
    }
}
