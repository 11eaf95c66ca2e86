using NetVips;

namespace ImageSearch.Embedding.Tests.Retrieval;

/// <summary>The kinds of searches of the evaluation set, at full resolution.</summary>
internal static class PhotographQueries
{
    private const int Quality = 85;

    internal static IEnumerable<(string Kind, int Quality, Image Query)> Of(Image piece, Image background, Random random)
    {
        var (width, height) = (piece.Width, piece.Height);
        var share = 0.55 + (0.3 * random.NextDouble());
        var (cropWidth, cropHeight) = ((int)(width * share), (int)(height * share));
        yield return ("crop", Quality, piece.ExtractArea(random.Next(width - cropWidth), random.Next(height - cropHeight), cropWidth, cropHeight));
        yield return ("jpeg30", 30, piece.Copy());
        yield return ("half", Quality, piece.Resize(0.5));
        yield return ("flip", Quality, piece.FlipHor());

        var angle = (5 + (15 * random.NextDouble())) * (random.Next(2) == 0 ? 1 : -1);
        yield return ("rotate", Quality, piece.Rotate(angle, background: [255, 255, 255]));

        using var behind = background.ThumbnailImage(width, height: height, size: Enums.Size.Force);
        using var small = piece.Resize(0.5 + (0.2 * random.NextDouble()));
        yield return ("paste", Quality, behind.Insert(small, random.Next(width - small.Width), random.Next(height - small.Height)));
    }
}
