using ImageSearch.Embedding.Tests.Golden;
using Microsoft.Extensions.Logging.Abstractions;
using NetVips;

namespace ImageSearch.Embedding.Tests.Lanes;

/// <summary>A region is embedded as if it had been cut out of the picture, and the main object's box is in shares of the whole picture.</summary>
public sealed class RegionTests : IAsyncDisposable
{
    private readonly OnnxPictureEmbedder _embedder = OnnxPictureEmbedder.Open(
        new EmbeddingOptions { ModelPath = TestModels.Default, Lanes = 1 }, NullLogger.Instance);

    [Theory]
    [InlineData("scene_0.png")]
    [InlineData("scene_1.png")]
    [InlineData("scene_2.jpg")]
    [InlineData("scene_3.jpg")]
    [InlineData("decode_1.png")]
    [InlineData("decode_2.jpg")]
    [InlineData("decode_4.webp")]
    public async Task A_region_has_the_vector_of_the_same_part_cut_out(string file)
    {
        var picture = GoldenPictures.Bytes(file);
        using var upright = Upright(picture);
        foreach (var (x1, y1, x2, y2) in new[] { (0.1, 0.2, 0.7, 0.9), (0, 0, 0.5, 0.5), (0.45, 0.3, 1, 1) })
        {
            var region = new PictureRegion(
                Math.Round(x1 * upright.Width), Math.Round(y1 * upright.Height), Math.Round(x2 * upright.Width), Math.Round(y2 * upright.Height), IsShare: false);
            var (inPlace, cutOut) = (await EmbedAsync(picture, region), await EmbedAsync(CutOut(upright, region)));
            Similarity.Cosine(inPlace.Whole.Span, cutOut.Whole.Span).ShouldBeGreaterThanOrEqualTo(0.99);
        }
    }

    [Fact]
    public async Task A_small_region_of_a_large_photograph_is_embedded_from_all_its_pixels()
    {
        // A loader that shrank this by what the whole picture allows would leave 38 of 300 columns.
        using var scene = Upright(GoldenPictures.Bytes("scene_2.jpg")).ThumbnailImage(300, height: 300, size: Enums.Size.Force);
        using var large = scene.Replicate(13, 10);
        var region = new PictureRegion(1800, 1200, 2100, 1500, IsShare: false);
        var (inPlace, cutOut) = (await EmbedAsync(large.JpegsaveBuffer(q: 95), region), await EmbedAsync(CutOut(large, region)));
        Similarity.Cosine(inPlace.Whole.Span, cutOut.Whole.Span).ShouldBeGreaterThanOrEqualTo(0.99);
    }

    [Theory]
    [InlineData(0, 0, 1, 1, true)]
    [InlineData(0, 0, 96, 64, false)]
    [InlineData(0.5, 0.5, 95.5, 63.5, false)]
    public async Task A_region_that_covers_the_picture_has_its_vector_bit_for_bit(double x1, double y1, double x2, double y2, bool isShare)
    {
        var picture = TestPictures.Bytes("orientation_6.jpg");
        var region = await EmbedAsync(picture, new PictureRegion(x1, y1, x2, y2, isShare));
        region.Whole.ToArray().ShouldBe((await EmbedAsync(picture)).Whole.ToArray());
    }

    [Fact]
    public async Task Shares_and_pixels_name_the_same_region()
    {
        var picture = TestPictures.Bytes("orientation_1.jpg");
        var pixels = await EmbedAsync(picture, new PictureRegion(24, 16, 72, 48, IsShare: false));
        (await EmbedAsync(picture, new PictureRegion(0.25, 0.25, 0.75, 0.75, IsShare: true))).Whole.ToArray().ShouldBe(pixels.Whole.ToArray());
    }

    [Fact]
    public async Task A_region_is_one_of_the_upright_picture()
    {
        var region = new PictureRegion(0, 0, 40, 30, IsShare: false);
        var upright = await EmbedAsync(TestPictures.Bytes("orientation_1.jpg"), region);
        foreach (var orientation in (int[])[2, 3, 4, 5, 6, 7, 8])
        {
            var turned = await EmbedAsync(TestPictures.Bytes($"orientation_{orientation}.jpg"), region);
            Similarity.Cosine(turned.Whole.Span, upright.Whole.Span).ShouldBeGreaterThanOrEqualTo(0.99, $"orientation {orientation}");
        }
    }

    [Theory]
    [InlineData(0, 0, 97, 64, false, "x2 is 97, the picture is 96 x 64 pixels")]
    [InlineData(0, 0, 96, 64.5, false, "y2 is 64.5, the picture is 96 x 64 pixels")]
    [InlineData(-1, 0, 96, 64, false, "x1 is -1, a pixel must be a finite number from 0")]
    [InlineData(0, 0, 1.5, 1, true, "x2 is 1.5, a share must be 0..1")]
    [InlineData(0, double.NaN, 1, 1, true, "y1 is NaN, a share must be 0..1")]
    [InlineData(50, 0, 50, 64, false, "x2 is 50, it must be greater than x1, which is 50")]
    [InlineData(0, 20, 50, 10, false, "y2 is 10, it must be greater than y1, which is 20")]
    [InlineData(0, 0, 7, 64, false, "region is 7 x 64 pixels, must be at least 8 x 8; the picture is 96 x 64 pixels")]
    [InlineData(0, 0, 0.5, 0.1, true, "region is 48 x 6.4 pixels, must be at least 8 x 8; the picture is 96 x 64 pixels")]
    public async Task A_region_that_is_no_part_of_the_picture_is_refused(double x1, double y1, double x2, double y2, bool isShare, string message)
    {
        var target = EmbeddingTarget.NewTable with { Region = new PictureRegion(x1, y1, x2, y2, isShare) };
        var failure = (await _embedder.EmbedAsync(TestPictures.Bytes("orientation_8.jpg"), PictureViews.Whole, target, default)).Failure.ShouldNotBeNull();
        failure.Code.ShouldBe(FailureCode.RequestInvalid);
        failure.Message.ShouldContain(message);
    }

    [Fact]
    public async Task The_box_of_the_main_object_is_that_of_the_reference()
    {
        var golden = GoldenPictures.Of("lite0-ret-512-sal.onnx").Single(p => p.File == "scene_0.png").Box.ShouldNotBeNull();
        var vectors = await EmbedAsync(GoldenPictures.Bytes("scene_0.png"), region: null, PictureViews.WholeAndMainObject);
        (vectors.Width, vectors.Height).ShouldBe((224, 224));
        vectors.Box.ShouldBe(new MainObjectBox(golden.Left / 224.0, golden.Top / 224.0, golden.Right / 224.0, golden.Bottom / 224.0));
    }

    [Fact]
    public async Task The_box_is_found_without_a_vector_of_the_main_object_if_it_is_wanted()
    {
        var picture = GoldenPictures.Bytes("scene_0.png");
        var both = await EmbedAsync(picture, region: null, PictureViews.WholeAndMainObject);
        var wanted = await _embedder.EmbedAsync(picture, PictureViews.Whole, EmbeddingTarget.NewTable with { WantsBox = true }, default);
        wanted.Value.ShouldNotBeNull().MainObject.ShouldBeNull();
        wanted.Value.Box.ShouldNotBeNull().ShouldBe(both.Box);
        (await EmbedAsync(picture)).Box.ShouldBeNull();
    }

    [Fact]
    public async Task The_main_object_of_a_region_is_within_it()
    {
        // The scene twice: the right half has a main object of its own.
        using var scene = Upright(GoldenPictures.Bytes("scene_0.png"));
        using var two = scene.Join(scene, Enums.Direction.Horizontal);
        var vectors = await EmbedAsync(two.PngsaveBuffer(), new PictureRegion(0.5, 0, 1, 1, IsShare: true), PictureViews.WholeAndMainObject);
        var alone = await EmbedAsync(GoldenPictures.Bytes("scene_0.png"), region: null, PictureViews.WholeAndMainObject);
        var box = alone.Box.ShouldNotBeNull();
        vectors.Box.ShouldBe(box with { X1 = 0.5 + (box.X1 / 2), X2 = 0.5 + (box.X2 / 2) });
        vectors.MainObject!.Value.ToArray().ShouldBe(alone.MainObject!.Value.ToArray());
    }

    public ValueTask DisposeAsync() => _embedder.DisposeAsync();

    private static Image Upright(byte[] picture)
    {
        using var stored = Image.NewFromBuffer(picture);
        using var turned = stored.Autorot();
        using var opaque = turned.HasAlpha() ? turned.Flatten([255]) : turned.Copy();
        return opaque.CopyMemory();
    }

    private static byte[] CutOut(Image upright, PictureRegion region)
    {
        using var part = upright.ExtractArea((int)region.X1, (int)region.Y1, (int)(region.X2 - region.X1), (int)(region.Y2 - region.Y1));
        return part.PngsaveBuffer();
    }

    private async Task<PictureVectors> EmbedAsync(byte[] picture, PictureRegion? region = null, PictureViews views = PictureViews.Whole)
    {
        var embedded = await _embedder.EmbedAsync(picture, views, EmbeddingTarget.NewTable with { Region = region }, default);
        return embedded.TryGet(out var vectors, out var failure) ? vectors : throw new InvalidOperationException(failure.Message);
    }
}
