using System.Globalization;
using ImageSearch.Embedding.Pictures;
using ImageSearch.Embedding.Tests.SecondDecoder;
using Xunit.Abstractions;

namespace ImageSearch.Embedding.Tests.Pictures.Completeness;

/// <summary>
/// A picture that lacks pixels is rejected; one with all pixels is accepted, whatever else is wrong with its file. MUTATED_PICTURES sets
/// the number of mutations.
/// </summary>
public sealed class MutatedPicturesTests(SecondDecoderTests.Network network, ITestOutputHelper output) : IClassFixture<SecondDecoderTests.Network>
{
    // The distance of vectors between a picture and its JPEG of low quality.
    private const double MaxDistance = 0.1;

    private static readonly int Count =
        int.Parse(Environment.GetEnvironmentVariable("MUTATED_PICTURES") ?? "500", CultureInfo.InvariantCulture);

    [Fact]
    public void No_incomplete_picture_is_accepted_and_no_complete_one_is_rejected()
    {
        var wholes = WholePictures.All().Select(picture => (picture.Name, picture.File, Vector: network.Embed(picture.File))).ToList();
        var (tried, random) = (0, new Random(16));
        var wrong = new List<string>();
        var counts = new SortedDictionary<string, int[]>(StringComparer.Ordinal);
        while (tried < Count)
        {
            var (name, whole, vector) = wholes[random.Next(wholes.Count)];
            var mutation = Mutation.All[random.Next(Mutation.All.Count)];
            var seed = random.Next();
            var type = PictureSignature.Find(whole)!.Value;
            if (mutation.Apply(type, whole, new Random(seed)) is not { } file) continue;
            tried++;
            var rejection = TestPictures.TryDecode(file).Failure;
            var distance = rejection is null ? 1 - Similarity.Cosine(vector, network.Embed(file)) : 0;
            var kind = $"{mutation.Effect,-8} {mutation.Name} {name[(name.IndexOf(' ') + 1)..]}";
            if (!counts.TryGetValue(kind, out var count)) count = counts[kind] = new int[3];
            var isWrong = mutation.Effect switch
            {
                Effect.Keeps => rejection is not null || distance > MaxDistance,
                _ => rejection is null && distance > MaxDistance,
            };
            count[rejection is null ? 0 : 1]++;
            if (isWrong) count[2]++;
            if (isWrong && mutation.Effect != Effect.Changes)
            {
                var outcome = rejection?.Message ?? string.Create(CultureInfo.InvariantCulture, $"accepted at {distance:0.000}");
                wrong.Add($"{name}, {mutation.Name}, seed {seed}: {outcome}");
            }
        }

        foreach (var (row, times) in counts) output.WriteLine($"{row}: {times[0]} accepted, {times[1]} rejected, {times[2]} wrong");
        wrong.ShouldBeEmpty();
    }
}
