using System.Diagnostics;
using ImageSearch.Embedding.Pictures.Completeness;
using ImageSearch.Embedding.Tests.SecondDecoder;
using NetVips;
using Xunit.Abstractions;

namespace ImageSearch.Embedding.Tests.Pictures.Completeness;

/// <summary>
/// The cost of the completeness check beside decoding and embedding. JUDGING_COST=true measures it; otherwise the test only runs both.
/// </summary>
public sealed class CompletenessCostTests(SecondDecoderTests.Network network, ITestOutputHelper output) : IClassFixture<SecondDecoderTests.Network>
{
    private static readonly bool Measures = Environment.GetEnvironmentVariable("JUDGING_COST") == "true";

    [Theory]
    [InlineData(640, 480, 4)]
    [InlineData(1280, 960, 4)]
    [InlineData(4000, 3000, 8)]
    public void The_check_takes_little_time_compared_to_embedding(int width, int height, int sigma)
    {
        using var small = Image.NewFromBuffer(StoredPictures.Bytes("samples/strawberry-in-a-scene.jpg"));
        using var noise = Image.Gaussnoise(width, height, sigma: sigma);
        using var scaled = small.ThumbnailImage(width, height: height, size: Enums.Size.Force);
        using var image = (scaled + noise).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        var file = image.JpegsaveBuffer(q: 85);
        var header = TestPictures.Header(file);
        var (checking, walking, embedding) = (new List<double>(), new List<double>(), new List<double>());
        for (var turn = 0; turn < (Measures ? 60 : 2); turn++)
        {
            embedding.Add(Time(() => network.Embed(file)));
            checking.Add(Time(() => DecodePlan.Of(header, file)));
            walking.Add(Time(() => new JpegWalk(null).Check(file).ShouldBe(JpegVerdict.Complete)));
        }

        var (check, walk, embed) = (Median(checking), Median(walking), Median(embedding));
        output.WriteLine(FormattableString.Invariant(
            $"{width} x {height}, {file.Length / 1024} KB: check {check:0.000} ms, walk {walk:0.000} ms, embed with checking {embed:0.00} ms"));
        if (!Measures) return;
        var random = new Random(16);
        var (accepted, far) = (0, 0);
        var whole = network.Embed(file);
        for (var hole = 0; hole < 30; hole++)
        {
            var at = 2000 + random.Next(file.Length - 4000);
            byte[] holed = [.. file[..at], .. file[Math.Min(file.Length - 2, at + 20 + random.Next(file.Length / 3))..]];
            if (TestPictures.TryDecode(holed).Failure is not null) continue;
            accepted++;
            if (1 - Similarity.Cosine(network.Embed(holed), whole) > 0.05) far++;
        }

        output.WriteLine($"holes: {accepted} of 30 accepted, {far} of them far from the whole picture");
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static double Time(Action action)
    {
        var began = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
