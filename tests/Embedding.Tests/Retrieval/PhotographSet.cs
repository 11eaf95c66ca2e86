using System.Text.Json;
using NetVips;

#pragma warning disable RS0030 // A command-line program prints.
namespace ImageSearch.Embedding.Tests.Retrieval;

/// <summary>
/// Makes a set of shop-like pictures of a folder of photographs: pieces of 400 to 4000 pixels, reduced by up to 2 so that they are as
/// sharp as a shop's, and the searches of the evaluation set.
/// </summary>
internal static class PhotographSet
{
    private static readonly (int Width, int Height)[] Sizes =
        [(400, 400), (500, 500), (600, 600), (800, 800), (800, 800), (800, 800), (1200, 900), (1000, 1000), (1600, 1600), (2000, 1500), (3000, 2000), (4000, 2160)];

    internal static void Write(string photographs, string set)
    {
        Directory.CreateDirectory(Path.Combine(set, "gallery"));
        Directory.CreateDirectory(Path.Combine(set, "queries"));
        var files = Directory.EnumerateFiles(photographs).Order(StringComparer.Ordinal).ToList();
        var random = new Random(18);
        var pieces = new List<(int Source, string Id)>();
        for (var source = 0; source < files.Count; source++)
        {
            using var photograph = Rgb(files[source]);
            foreach (var piece in Pieces(photograph, random))
            {
                using (piece)
                {
                    var id = $"{pieces.Count}_{Math.Max(piece.Width, piece.Height)}";
                    piece.Jpegsave(Path.Combine(set, "gallery", id + ".jpg"), q: random.Next(80, 95), keep: Enums.ForeignKeep.None);
                    pieces.Add((source, id));
                }
            }
        }

        var queries = new List<object>();
        foreach (var (source, id) in pieces)
        {
            using var piece = Rgb(Path.Combine(set, "gallery", id + ".jpg"));
            var other = pieces[random.Next(pieces.Count)];
            while (other.Source == source) other = pieces[random.Next(pieces.Count)];
            using var background = Rgb(Path.Combine(set, "gallery", other.Id + ".jpg"));
            foreach (var (kind, quality, query) in PhotographQueries.Of(piece, background, random))
            {
                using (query)
                {
                    var file = $"queries/{id}_{kind}.jpg";
                    query.Jpegsave(Path.Combine(set, file), q: quality, keep: Enums.ForeignKeep.None);
                    queries.Add(new { file, transform = kind, target = id });
                }
            }
        }

        var gallery = pieces.Select(piece => new { id = piece.Id, file = $"gallery/{piece.Id}.jpg" });
        File.WriteAllText(Path.Combine(set, "groundtruth.json"), JsonSerializer.Serialize(new { gallery, queries }));
        Console.WriteLine($"{files.Count} photographs, {pieces.Count} pieces, {queries.Count} searches");
    }

    // Pieces that don't overlap, so that each is the only right answer: the photograph in cells, each cell with a piece of a random size.
    private static IEnumerable<Image> Pieces(Image photograph, Random random)
    {
        var (across, down) = photograph.Width >= 3000 ? (4, 3) : photograph.Width >= 1600 ? (3, 2) : (2, 1);
        if (random.Next(4) == 0) (across, down) = (1, 1);
        var (cellWidth, cellHeight) = (photograph.Width / across, photograph.Height / down);
        for (var cell = 0; cell < across * down; cell++)
        {
            var fitting = Sizes.Where(size => size.Width <= cellWidth && size.Height <= cellHeight && (across > 1 || size.Width >= 800)).ToList();
            if (fitting.Count == 0) continue;
            var (width, height) = fitting[random.Next(fitting.Count)];
            var reduce = Math.Min(1 + random.NextDouble(), Math.Min((double)cellWidth / width, (double)cellHeight / height));
            var (left, top) = ((cell % across * cellWidth) + (int)((cellWidth - (width * reduce)) / 2), (cell / across * cellHeight) + (int)((cellHeight - (height * reduce)) / 2));
            using var part = photograph.ExtractArea(left, top, (int)(width * reduce), (int)(height * reduce));
            // A piece of plain sky or one colour is not a picture that a shop has.
            if (part.Deviate() < 12) continue;
            yield return part.ThumbnailImage(width, height: height, size: Enums.Size.Force).CopyMemory();
        }
    }

    internal static Image Rgb(string file)
    {
        using var image = Image.NewFromFile(file);
        using var srgb = image.Colourspace(Enums.Interpretation.Srgb);
        using var opaque = srgb.HasAlpha() ? srgb.Flatten([255]) : srgb.Copy();
        return opaque.CopyMemory();
    }
}
