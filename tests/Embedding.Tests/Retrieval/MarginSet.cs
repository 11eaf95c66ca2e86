using System.Text.Json;
using ImageSearch.Embedding.Vips;
using NetVips;

#pragma warning disable RS0030 // A command-line program prints.
namespace ImageSearch.Embedding.Tests.Retrieval;

/// <summary>Searches by small objects on a plain background: every third picture of a set at a quarter to three fifths of its size.</summary>
internal static class MarginSet
{
    private static readonly (string Name, double[] Color)[] Backgrounds = [("white", [255, 255, 255]), ("grey", [190, 190, 186])];

    internal static void Write(RetrievalSet set, string folder)
    {
        VipsLibrary.EnsureStarted();
        Directory.CreateDirectory(Path.Combine(folder, "queries"));
        var random = new Random(18);
        var queries = new List<object>();
        for (var row = 0; row < set.Gallery.Count; row += 3)
        {
            foreach (var (name, color) in Backgrounds)
            {
                using var picture = PhotographSet.Rgb(set.Gallery[row]);
                using var small = picture.Resize(0.25 + (0.35 * random.NextDouble()));
                using var placed = small.Embed(
                    random.Next(picture.Width - small.Width),
                    random.Next(picture.Height - small.Height),
                    picture.Width,
                    picture.Height,
                    extend: Enums.Extend.Background,
                    background: color);
                var file = $"queries/{row}_{name}.jpg";
                placed.Jpegsave(Path.Combine(folder, file), q: 85, keep: Enums.ForeignKeep.None);
                queries.Add(new { file, transform = name, target = $"{row}" });
            }
        }

        var gallery = set.Gallery.Select((file, row) => new { id = $"{row}", file });
        File.WriteAllText(Path.Combine(folder, "groundtruth.json"), JsonSerializer.Serialize(new { gallery, queries }));
        Console.WriteLine($"{queries.Count} searches");
    }
}
