using System.Diagnostics;
using ImageSearch.Embedding;
using ImageSearch.Embedding.Models;

namespace ImageSearch.PictureBench;

/// <summary>What a thumbnail adds to the time of embedding the whole picture, on one thread.</summary>
internal static class ThumbnailCost
{
    internal static async Task PrintAsync(string folder, int runs)
    {
        var options = new EmbeddingOptions { ModelPath = Path.Combine(ModelFolder.Included, ModelFolder.DefaultName), Lanes = 1 };
        await using var stages = EmbeddingStages.Open(options);
        var pictures = Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList();
        var (without, with, bytes, count) = (0.0, 0.0, 0L, 0);
        foreach (var picture in pictures)
        {
            // The fastest run: other programs only add time.
            var (plain, kept) = (double.MaxValue, double.MaxValue);
            var length = 0;
            for (var run = 0; run < runs; run++)
            {
                plain = Math.Min(plain, Time(() => stages.Embed(picture, PictureViews.Whole)));
                kept = Math.Min(kept, Time(() => length = stages.Embed(picture, PictureViews.Whole, KeepPictures.Thumbnail).Value?.Kept?.Thumbnail?.Bytes.Length ?? 0));
            }

            if (length == 0) continue;
            (without, with, bytes, count) = (without + plain, with + kept, bytes + length, count + 1);
        }

        Console.WriteLine(
            $"{count} pictures: {without / count:0.00} ms without and {with / count:0.00} ms with a thumbnail of {bytes / count} bytes, on average of the fastest of {runs} runs");
    }

    private static double Time(Action work)
    {
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
