using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Models;

namespace ImageSearch.Embedding.Tests.SecondDecoder;

/// <summary>
/// The pixels of ImageSharp and of this decoder give the same vector. Both are scaled by the same resampler, so the test covers decoding,
/// colors, transparency, orientation and shrink-on-load.
/// </summary>
public sealed class SecondDecoderTests(SecondDecoderTests.Network network) : IClassFixture<SecondDecoderTests.Network>
{
    /// <summary>For all pictures but those of <see cref="KnownDifferences"/>.</summary>
    internal const double MinCosine = 0.98;

    public static TheoryData<string> Stored() => [.. StoredPictures.Names];

    public static TheoryData<string> Generated() => [.. GeneratedPictures.Names];

    [Theory]
    [MemberData(nameof(Stored))]
    public void A_stored_picture_has_the_same_vector_with_a_second_decoder(string name) => ShouldAgree(name, StoredPictures.Bytes(name));

    [Theory]
    [MemberData(nameof(Generated))]
    public void A_generated_picture_has_the_same_vector_with_a_second_decoder(string name) => ShouldAgree(name, GeneratedPictures.Bytes(name));

    [Fact]
    public void There_are_more_than_200_generated_pictures_and_each_known_difference_names_a_picture()
    {
        GeneratedPictures.Names.Count.ShouldBeGreaterThan(200);
        KnownDifferences.Names.ShouldBeSubsetOf([.. GeneratedPictures.Names, .. StoredPictures.Names]);
    }

    private void ShouldAgree(string name, byte[] file) =>
        Similarity.Cosine(network.Embed(file), network.Embed(SharpDecoder.ToPlainPng(file)))
            .ShouldBeGreaterThanOrEqualTo(KnownDifferences.MinCosine(name, MinCosine), KnownDifferences.Explain(name));

    /// <summary>The default model, loaded once.</summary>
    public sealed class Network : IDisposable
    {
        private static readonly ModelManifest Manifest = ManifestReader.Read(TestModels.Default);

        private readonly EmbeddingSession _session = EmbeddingSession.Open(Manifest);
        private readonly TensorLane _lane;

        public Network() => _lane = _session.NewLane();

        internal float[] Embed(byte[] file)
        {
            TestPictures.Decode(file).CopyTo(_lane.Pixels, 0);
            _session.Run(_lane);
            return _lane.Embedding.ToArray();
        }

        public void Dispose()
        {
            _lane.Dispose();
            _session.Dispose();
        }
    }
}
