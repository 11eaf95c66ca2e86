using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Tests.Retrieval;

/// <summary>The views of a picture, and what is known of them before the second is embedded.</summary>
/// <param name="Whole">The vector of the whole picture.</param>
/// <param name="Crop">The vector of the main object; null if there is none.</param>
/// <param name="Area">The fraction of the picture that the box covers.</param>
/// <param name="LongSide">The box's longer side by the picture's.</param>
/// <param name="Peak">The largest value of the saliency map.</param>
/// <param name="Inside">The fraction of the map's mass inside the box.</param>
/// <param name="Fill">The mean of the map inside the box by its peak.</param>
/// <param name="Detail">The mean difference of neighbouring pixels outside the box, in levels.</param>
/// <param name="Spread">The standard deviation of the pixels outside the box, in levels.</param>
/// <param name="Outside">The fraction of pixels outside the box, of all of the picture, that differ from the most frequent level outside.</param>
internal sealed record ViewSample(
    float[] Whole, float[]? Crop, double Area, double LongSide, double Peak, double Inside, double Fill, double Detail, double Spread, double Outside)
{
    internal static IReadOnlyList<(string Name, Func<ViewSample, double> Value, bool Descending)> Features { get; } =
    [
        ("the area of the box", v => v.Area, true),
        ("the long side of the box", v => v.LongSide, true),
        ("the peak", v => v.Peak, false),
        ("the mass inside", v => v.Inside, false),
        ("the mass inside (low)", v => v.Inside, true),
        ("the fill", v => v.Fill, false),
        ("the fill (low)", v => v.Fill, true),
        ("the detail outside", v => v.Detail, false),
        ("the spread outside", v => v.Spread, false),
        ("the differing pixels outside", v => v.Outside, false),
        ("the total detail outside", v => v.Detail * (1 - v.Area), false),
        ("the spread outside by area", v => v.Spread * (1 - v.Area), false),
    ];

    internal static ViewSample Of(Embedder embedder, TensorLane lane, Picture picture)
    {
        var whole = embedder.Embed(lane, picture);
        var (input, saliency, header) = (embedder.Manifest.Input, embedder.Manifest.Saliency!, picture.Header);
        if (SaliencyBox.Find(lane.Saliency, saliency, input, header.Width, header.Height) is not { } box)
            return new ViewSample(whole, null, 1, 1, 0, 1, 1, 0, 0, 0);

        var placement = Placement.Of(input, header.Width, header.Height);
        var (scaleX, scaleY) = ((double)placement.ScaledWidth / header.Width, (double)placement.ScaledHeight / header.Height);
        var scaled = new PixelBox(
            placement.Left + (int)(box.Left * scaleX),
            placement.Top + (int)(box.Top * scaleY),
            placement.Left + (int)Math.Ceiling(box.Right * scaleX),
            placement.Top + (int)Math.Ceiling(box.Bottom * scaleY));
        var (peak, inside, fill) = Map(lane.Saliency, saliency.Grid, (double)input.Width / saliency.Grid, scaled);
        var (detail, spread, outside) = Background(lane.Pixels, input, placement, scaled);
        var sample = new ViewSample(
            whole,
            null,
            (double)box.Width * box.Height / ((double)header.Width * header.Height),
            (double)Math.Max(box.Width, box.Height) / Math.Max(header.Width, header.Height),
            peak,
            inside,
            fill,
            detail,
            spread,
            outside);
        return sample with { Crop = embedder.Embed(lane, picture, box) };
    }

    private static (double Peak, double Inside, double Fill) Map(ReadOnlySpan<float> map, int grid, double cell, PixelBox box)
    {
        var (peak, all, inside, cells) = (0.0, 0.0, 0.0, 0);
        for (var i = 0; i < map.Length; i++)
        {
            var (x, y) = (((i % grid) + 0.5) * cell, ((i / grid) + 0.5) * cell);
            peak = Math.Max(peak, map[i]);
            all += map[i];
            if (x < box.Left || x >= box.Right || y < box.Top || y >= box.Bottom) continue;
            inside += map[i];
            cells++;
        }

        return (peak, inside / all, inside / Math.Max(1, cells) / peak);
    }

    private static (double Detail, double Spread, double Outside) Background(byte[] pixels, InputSpec input, Placement placement, PixelBox box)
    {
        var (count, sum, squares, pairs, differences) = (0L, 0.0, 0.0, 0L, 0.0);
        var levels = new int[256];
        for (var y = placement.Top; y < placement.Top + placement.ScaledHeight; y++)
        {
            var before = -1;
            for (var x = placement.Left; x < placement.Left + placement.ScaledWidth; x++)
            {
                if (x >= box.Left && x < box.Right && y >= box.Top && y < box.Bottom)
                {
                    before = -1;
                    continue;
                }

                var at = ((y * input.Width) + x) * 3;
                var level = ((pixels[at] * 77) + (pixels[at + 1] * 150) + (pixels[at + 2] * 29)) >> 8;
                count++;
                levels[level]++;
                sum += level;
                squares += level * level;
                if (before >= 0)
                {
                    pairs++;
                    differences += Math.Abs(level - before);
                }

                before = level;
            }
        }

        if (count == 0) return default;
        var mode = Array.IndexOf(levels, levels.Max());
        long alike = 0;
        for (var level = Math.Max(0, mode - 10); level <= Math.Min(255, mode + 10); level++) alike += levels[level];
        return (
            differences / Math.Max(1, pairs),
            Math.Sqrt(Math.Max(0, (squares / count) - (sum / count * (sum / count)))),
            (double)(count - alike) / (placement.ScaledWidth * placement.ScaledHeight));
    }
}
