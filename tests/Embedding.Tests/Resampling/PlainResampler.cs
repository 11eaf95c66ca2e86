using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Resampling;

namespace ImageSearch.Embedding.Tests.Resampling;

/// <summary>Resampling by the definition: horizontally, rounded to bytes, then vertically.</summary>
internal static class PlainResampler
{
    internal static byte[] Resample(byte[] source, int width, int height, int toWidth, int toHeight, ResizeFilter filter)
    {
        var narrow = new byte[toWidth * height * 3];
        for (var y = 0; y < height; y++)
            Axis(filter, width, toWidth, channel => source[(y * width * 3) + channel], (at, value) => narrow[(y * toWidth * 3) + at] = value);
        var result = new byte[toWidth * toHeight * 3];
        for (var x = 0; x < toWidth; x++)
            Axis(filter, height, toHeight, at => narrow[Transposed(at, x)], (at, value) => result[Transposed(at, x)] = value);
        return result;

        int Transposed(int at, int x) => ((at / 3 * toWidth) + x) * 3 + (at % 3);
    }

    private static void Axis(ResizeFilter filter, int from, int to, Func<int, byte> read, Action<int, byte> write)
    {
        var scale = (double)from / to;
        var stretch = Math.Max(1, scale);
        var reach = ResampleKernel.Reach(filter) * stretch;
        for (var i = 0; i < to; i++)
        {
            var centre = (i + 0.5) * scale;
            var (first, last) = (Math.Max(0, (int)(centre - reach + 0.5)), Math.Min(from, (int)(centre + reach + 0.5)));
            var weights = Enumerable.Range(first, last - first).Select(s => ResampleKernel.At(filter, (s - centre + 0.5) / stretch)).ToList();
            for (var channel = 0; channel < 3; channel++)
            {
                var sum = weights.Select((weight, tap) => weight * read(((first + tap) * 3) + channel)).Sum() / weights.Sum();
                write((i * 3) + channel, (byte)Math.Clamp(Math.Floor(sum + 0.5), 0, 255));
            }
        }
    }
}
