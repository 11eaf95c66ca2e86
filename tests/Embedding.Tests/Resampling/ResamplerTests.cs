using FsCheck;
using FsCheck.Fluent;
using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Pictures;
using ImageSearch.Embedding.Resampling;

namespace ImageSearch.Embedding.Tests.Resampling;

/// <summary>Compares the streaming, vectorized resampler with the definition in double precision.</summary>
public sealed class ResamplerTests
{
    private static readonly Gen<(int Width, int Height, int ToWidth, int ToHeight, ResizeFilter Filter, int Seed)> Cases =
        from size in Gen.Choose(1, 60).Two()
        from to in Gen.Choose(1, 60).Two()
        from filter in Gen.Elements(ResizeFilter.Bicubic, ResizeFilter.Bilinear, ResizeFilter.Lanczos)
        from seed in Gen.Choose(0, 1_000_000)
        select (size.Item1, size.Item2, to.Item1, to.Item2, filter, seed);

    [Fact]
    public void Every_value_equals_the_definition_except_for_rounding() =>
        Prop.ForAll(Arb.From(Cases), c =>
        {
            var source = Noise(c.Width, c.Height, c.Seed);
            var result = Resample(source, c.Width, c.Height, c.ToWidth, c.ToHeight, new PixelBox(0, 0, c.ToWidth, c.ToHeight), c.Filter);
            var expected = PlainResampler.Resample(source, c.Width, c.Height, c.ToWidth, c.ToHeight, c.Filter);
            return result.Zip(expected, (a, b) => Math.Abs(a - b)).All(difference => difference <= 2);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void A_picture_of_the_target_size_is_unchanged()
    {
        var source = Noise(37, 23, seed: 1);
        Resample(source, 37, 23, 37, 23, new PixelBox(0, 0, 37, 23), ResizeFilter.Bicubic).ShouldBe(source);
    }

    [Fact]
    public void A_single_color_is_unchanged()
    {
        var source = Enumerable.Repeat((byte)203, 1000 * 3 * 3).ToArray();
        Resample(source, 1000, 3, 224, 1, new PixelBox(0, 0, 224, 1), ResizeFilter.Bicubic).ShouldAllBe(value => value == 203);
    }

    [Fact]
    public void A_window_equals_the_same_part_of_the_whole()
    {
        var source = Noise(50, 40, seed: 2);
        var whole = Resample(source, 50, 40, 30, 64, new PixelBox(0, 0, 30, 64), ResizeFilter.Bicubic);
        var window = Resample(source, 50, 40, 30, 64, new PixelBox(5, 20, 25, 50), ResizeFilter.Bicubic);
        for (var y = 0; y < 30; y++)
            window.AsSpan(y * 60, 60).SequenceEqual(whole.AsSpan(((y + 20) * 90) + 15, 60)).ShouldBeTrue();
    }

    private static byte[] Noise(int width, int height, int seed)
    {
        var pixels = new byte[width * height * 3];
        new Random(seed).NextBytes(pixels);
        return pixels;
    }

    private static byte[] Resample(byte[] source, int width, int height, int toWidth, int toHeight, PixelBox window, ResizeFilter filter)
    {
        using var resampler = new Resampler((width, height), (toWidth, toHeight), window, filter);
        byte[] padded = [.. source, 0];
        var row = new byte[resampler.ResultBytes];
        var result = new List<byte>();
        while (!resampler.IsDone)
        {
            resampler.Add(padded.AsSpan(resampler.NextRow * width * 3, (width * 3) + 1));
            while (resampler.TryTake(row)) result.AddRange(row[..(window.Width * 3)]);
        }

        return [.. result];
    }
}
