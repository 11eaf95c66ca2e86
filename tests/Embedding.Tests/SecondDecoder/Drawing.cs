using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace ImageSearch.Embedding.Tests.SecondDecoder;

/// <summary>Draws a gradient with ellipses, deterministic by seed: edges and areas as in photographs, with 16 bits per channel.</summary>
internal static class Drawing
{
    private const int Ellipses = 6;

    internal static Image<Rgba64> Draw(int width, int height, int seed, bool transparent)
    {
        var random = new Random(seed);
        var (from, to) = (Colour(random), Colour(random));
        var ellipses = Enumerable.Range(0, Ellipses).Select(i => new Ellipse(random, transparent ? 1 - (i % 3 * 0.5) : 1)).ToList();
        var image = new Image<Rgba64>(width, height);
        image.ProcessPixelRows(rows =>
        {
            for (var y = 0; y < height; y++)
            {
                var row = rows.GetRowSpan(y);
                for (var x = 0; x < width; x++) row[x] = At((x + 0.5) / width, (y + 0.5) / height, from, to, ellipses);
            }
        });
        return image;
    }

    private static Rgba64 At(double u, double v, double[] from, double[] to, List<Ellipse> ellipses)
    {
        var top = ellipses.FindLast(ellipse => ellipse.Covers(u, v));
        var alpha = top?.Alpha ?? 1;
        return new Rgba64(Channel(0), Channel(1), Channel(2), (ushort)(alpha * ushort.MaxValue));

        ushort Channel(int i)
        {
            var colour = top?.Colour[i] ?? (from[i] * (1 - ((u + v) / 2))) + (to[i] * (u + v) / 2);
            return (ushort)(colour * ushort.MaxValue);
        }
    }

    private static double[] Colour(Random random) => [random.NextDouble(), random.NextDouble(), random.NextDouble()];

    private sealed class Ellipse(Random random, double alpha)
    {
        private readonly double _u = random.NextDouble();
        private readonly double _v = random.NextDouble();
        private readonly double _width = 0.08 + (random.NextDouble() * 0.3);
        private readonly double _height = 0.08 + (random.NextDouble() * 0.3);

        internal double Alpha => alpha;

        internal double[] Colour { get; } = Drawing.Colour(random);

        internal bool Covers(double u, double v)
        {
            var (x, y) = ((u - _u) / _width, (v - _v) / _height);
            return (x * x) + (y * y) < 1;
        }
    }
}
