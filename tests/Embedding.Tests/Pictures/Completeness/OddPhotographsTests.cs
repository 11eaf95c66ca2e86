using ImageSearch.Embedding.Pictures;
using ImageSearch.Embedding.Tests.SecondDecoder;
using NetVips;

namespace ImageSearch.Embedding.Tests.Pictures.Completeness;

/// <summary>
/// Photographs with the irregularities of cameras and programs are accepted. ODD_PHOTOGRAPHS names a folder of which 200 are tested.
/// </summary>
public sealed class OddPhotographsTests(SecondDecoderTests.Network network) : IClassFixture<SecondDecoderTests.Network>
{
    private const int Photographs = 200;

    private static readonly string[] Types = [".jpg", ".png", ".webp"];

    [Fact]
    public void A_photograph_with_irregularities_has_the_vector_of_the_one_without()
    {
        var folder = Environment.GetEnvironmentVariable("ODD_PHOTOGRAPHS") ?? Path.Combine(AppContext.BaseDirectory, "golden");
        var kinds = WholePictures.Kinds.Where(kind => kind.Key.StartsWith("jpeg", StringComparison.Ordinal)).ToList();
        var oddities = Mutation.All.Where(mutation => mutation.Effect == Effect.Keeps).ToList();
        var photographs = Directory.EnumerateFiles(folder)
            .Where(file => Types.Contains(Path.GetExtension(file)))
            .Order(StringComparer.Ordinal)
            .Take(Photographs);
        var rejected = new List<string>();
        foreach (var (number, path) in photographs.Index())
        {
            using var loaded = Image.NewFromBuffer(File.ReadAllBytes(path));
            using var rgb = loaded.HasAlpha() ? loaded.Flatten() : loaded.Copy();
            using var image = rgb.Colourspace(Enums.Interpretation.Srgb);
            var (kind, write) = kinds[number % kinds.Count];
            var whole = write(image);
            var vector = network.Embed(whole);
            foreach (var oddity in oddities)
            {
                if (oddity.Apply(PictureType.Jpeg, whole, new Random(number)) is not { } file) continue;
                var failure = TestPictures.TryDecode(file).Failure;
                if (failure is not null) rejected.Add($"{Path.GetFileName(path)} {kind}, {oddity.Name}: {failure.Message}");
                else (1 - Similarity.Cosine(vector, network.Embed(file))).ShouldBeLessThan(1e-6, $"{path} {kind}, {oddity.Name}");
            }
        }

        rejected.ShouldBeEmpty();
    }
}
