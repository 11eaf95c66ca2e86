using System.Diagnostics;
using ImageSearch.Embedding.Pictures.Whole;
using ImageSearch.Embedding.Tests.SecondDecoder;
using NetVips;
using Xunit.Abstractions;

namespace ImageSearch.Embedding.Tests.Pictures.Whole;

/// <summary>What judging adds to decoding and embedding. JUDGING_COST=true measures; else only that both run.</summary>
public sealed class JudgingCostTests(SecondDecoderTests.Network network, ITestOutputHelper output) : IClassFixture<SecondDecoderTests.Network>
{
    private static readonly bool Measures = Environment.GetEnvironmentVariable("JUDGING_COST") == "true";

    [Theory]
    [InlineData(640, 480, 4)]
    [InlineData(1280, 960, 4)]
    [InlineData(4000, 3000, 8)]
    public void Judging_takes_little_of_the_time_that_embedding_takes(int width, int height, int sigma)
    {
        using var small = Image.NewFromBuffer(StoredPictures.Bytes("samples/strawberry-in-a-scene.jpg"));
        using var noise = Image.Gaussnoise(width, height, sigma: sigma);
        using var scaled = small.ThumbnailImage(width, height: height, size: Enums.Size.Force);
        using var image = (scaled + noise).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        var file = image.JpegsaveBuffer(q: 85);
        var header = TestPictures.Header(file);
        var (judging, walking, embedding) = (new List<double>(), new List<double>(), new List<double>());
        for (var turn = 0; turn < (Measures ? 60 : 2); turn++)
        {
            embedding.Add(Time(() => network.Embed(file)));
            judging.Add(Time(() => PictureReading.Of(header, file)));
            walking.Add(Time(() => new JpegWalk(null).Judge(file).ShouldBe(JpegVerdict.Whole)));
        }

        var (judge, walk, embed) = (Median(judging), Median(walking), Median(embedding));
        output.WriteLine(FormattableString.Invariant(
            $"{width} x {height}, {file.Length / 1024} KB: judge {judge:0.000} ms, walk {walk:0.000} ms, embed with judging {embed:0.00} ms"));
        if (!Measures) return;
        var random = new Random(16);
        var (taken, far) = (0, 0);
        var whole = network.Embed(file);
        for (var hole = 0; hole < 30; hole++)
        {
            var at = 2000 + random.Next(file.Length - 4000);
            byte[] holed = [.. file[..at], .. file[Math.Min(file.Length - 2, at + 20 + random.Next(file.Length / 3))..]];
            if (TestPictures.TryDecode(holed).Failure is not null) continue;
            taken++;
            if (1 - Similarity.Cosine(network.Embed(holed), whole) > 0.05) far++;
        }

        output.WriteLine($"holes: {taken} of 30 taken, {far} of them far from the whole picture");
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static double Time(Action action)
    {
        var began = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
