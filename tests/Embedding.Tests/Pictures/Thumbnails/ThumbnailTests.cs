using ImageSearch.Embedding.Tests.Golden;
using Microsoft.Extensions.Logging.Abstractions;
using NetVips;

namespace ImageSearch.Embedding.Tests.Pictures.Thumbnails;

/// <summary>A thumbnail is made of the rows that are decoded for the network, and changes nothing of the vectors.</summary>
[Collection(NotInParallel.Name)]
public sealed class ThumbnailTests : IAsyncDisposable
{
    private static readonly EmbeddingTarget Kept = EmbeddingTarget.NewTable with { Keeps = KeepPictures.Thumbnail };

    private readonly OnnxPictureEmbedder _embedder = OnnxPictureEmbedder.Open(
        new EmbeddingOptions { ModelPath = TestModels.Default, Lanes = 1, AllowTiff = true, AllowAvif = true }, NullLogger.Instance);

    [Theory]
    [InlineData("scene_0.png")]
    [InlineData("scene_2.jpg")]
    [InlineData("scene_3.jpg")]
    [InlineData("decode_4.webp")]
    public async Task The_vectors_are_the_same_bit_for_bit(string file)
    {
        var picture = GoldenPictures.Bytes(file);
        var plain = await EmbedAsync(picture, EmbeddingTarget.NewTable, PictureViews.WholeAndMainObject);

        var kept = await EmbedAsync(picture, Kept, PictureViews.WholeAndMainObject);

        kept.Whole.ToArray().ShouldBe(plain.Whole.ToArray());
        kept.MainObject?.ToArray().ShouldBe(plain.MainObject?.ToArray());
        kept.Kept.ShouldNotBeNull().Thumbnail.ShouldNotBeNull();
        plain.Kept.ShouldBeNull();
    }

    [Theory]
    [InlineData("orientation_1.jpg")]
    [InlineData("orientation_2.jpg")]
    [InlineData("orientation_3.jpg")]
    [InlineData("orientation_4.jpg")]
    [InlineData("orientation_5.jpg")]
    [InlineData("orientation_6.jpg")]
    [InlineData("orientation_7.jpg")]
    [InlineData("orientation_8.jpg")]
    [InlineData("p3.jpg")]
    [InlineData("cmyk.jpg")]
    [InlineData("grey.jpg")]
    [InlineData("rgb16.png")]
    [InlineData("alpha.png")]
    [InlineData("interlaced.png")]
    [InlineData("palette.png")]
    [InlineData("animation.gif")]
    [InlineData("animation.webp")]
    [InlineData("plain.tif")]
    [InlineData("plain.avif")]
    public async Task It_looks_like_the_picture_upright_and_in_srgb(string file)
    {
        var picture = TestPictures.Bytes(file);

        using var thumbnail = await ThumbnailAsync(picture);

        using var expected = Flat(Image.ThumbnailBuffer(picture, thumbnail.Width, height: thumbnail.Height, size: Enums.Size.Force, outputProfile: "srgb"));
        using var difference = (thumbnail - expected).Abs();
        difference.Avg().ShouldBeLessThan(8);
    }

    [Theory]
    [InlineData(1000, 500)]
    [InlineData(300, 900)]
    [InlineData(100, 60)]
    [InlineData(1, 1)]
    [InlineData(16, 16_000)]
    [InlineData(16_000, 16)]
    public async Task It_has_the_proportions_of_the_picture_and_is_never_larger(int width, int height)
    {
        using var black = Image.Black(width, height, bands: 3) + 100;
        using var picture = black.Cast(Enums.BandFormat.Uchar);

        using var thumbnail = await ThumbnailAsync(picture.PngsaveBuffer());

        var side = Math.Max(thumbnail.Width, thumbnail.Height);
        side.ShouldBe(Math.Min(Math.Max(width, height), TestPictures.Input.Width));
        var scale = (double)side / Math.Max(width, height);
        ((double)thumbnail.Width).ShouldBe(Math.Max(1, width * scale), 0.51);
        ((double)thumbnail.Height).ShouldBe(Math.Max(1, height * scale), 0.51);
    }

    [Fact]
    public void A_model_that_crops_gives_a_thumbnail_of_the_whole_picture()
    {
        var picture = TestPictures.Bytes("plain.png");
        var input = TestPictures.Input with { Resize = ImageSearch.Embedding.Models.ResizeMode.Crop, ShortSide = TestPictures.Input.Width };
        var (header, decoder) = (TestPictures.Header(picture), new ImageSearch.Embedding.Pictures.PictureDecoder(input));
        var (with, without) = (new byte[decoder.PixelBytes], new byte[decoder.PixelBytes]);
        using var maker = new ImageSearch.Embedding.Pictures.Thumbnails.ThumbnailMaker();
        ImageSearch.Embedding.Pictures.Completeness.DecodePlan? plan = null;

        decoder.Decode(picture, header, box: null, without).ShouldBeNull();
        decoder.Decode(picture, header, ref plan, box: null, with, check: null, maker).ShouldBeNull();

        with.ShouldBe(without);
        using var thumbnail = Image.NewFromBuffer(maker.Encode().ShouldNotBeNull().Bytes.ToArray());
        ((double)thumbnail.Width / thumbnail.Height).ShouldBe((double)header.Width / header.Height, 0.02);
        Math.Max(thumbnail.Width, thumbnail.Height).ShouldBeLessThanOrEqualTo(KeptPictures.MaxThumbnailSide);
    }

    [Fact]
    public async Task A_damaged_profile_fails_no_picture()
    {
        using var plain = Image.NewFromBuffer(TestPictures.Bytes("srgb.jpg"));
        using var labelled = plain.Mutate(mutable => mutable.Set(GValue.BlobType, "icc-profile-data", new byte[3_000_000]));

        (await EmbedAsync(labelled.JpegsaveBuffer(q: 90), Kept)).Kept.ShouldNotBeNull();
    }

    [Fact]
    public async Task Searches_and_parts_have_none()
    {
        var picture = GoldenPictures.Bytes("scene_2.jpg");

        (await EmbedAsync(picture, Kept with { Use = EmbeddingUse.Search })).Kept.ShouldBeNull();
        (await EmbedAsync(picture, Kept with { Region = new PictureRegion(0, 0, 0.5, 0.5, IsShare: true) })).Kept.ShouldBeNull();
    }

    [Fact]
    public async Task An_original_gets_its_media_type_here_and_its_bytes_from_the_caller()
    {
        var picture = GoldenPictures.Bytes("scene_2.jpg");

        var vectors = await EmbedAsync(picture, Kept with { Keeps = KeepPictures.Original });

        var original = vectors.Kept.ShouldNotBeNull().Original.ShouldNotBeNull();
        (original.MediaType, original.Bytes.Length).ShouldBe(("image/jpeg", 0));
        vectors.WithOriginal(picture).Kept!.Original!.Bytes.ToArray().ShouldBe(picture);
        vectors.Kept.Thumbnail.ShouldNotBeNull().MediaType.ShouldBe("image/webp");
    }

    [Fact]
    public async Task No_libvips_object_outlives_it_and_no_large_array_is_allocated_for_it()
    {
        var picture = GoldenPictures.Bytes("scene_2.jpg");
        await RoundsAsync();
        var (objects, allocated) = (Stats.Allocations, GC.GetTotalAllocatedBytes());

        await RoundsAsync();

        Stats.Allocations.ShouldBeLessThanOrEqualTo(objects);
        // A buffer of the lane for each would be two megabytes.
        (GC.GetTotalAllocatedBytes() - allocated).ShouldBeLessThan(1_500_000);

        async Task RoundsAsync()
        {
            for (var i = 0; i < 10; i++) await EmbedAsync(picture, Kept);
        }
    }

    public ValueTask DisposeAsync() => _embedder.DisposeAsync();

    private async Task<Image> ThumbnailAsync(byte[] picture) =>
        Image.NewFromBuffer((await EmbedAsync(picture, Kept)).Kept.ShouldNotBeNull().Thumbnail.ShouldNotBeNull().Bytes.ToArray());

    private async Task<PictureVectors> EmbedAsync(byte[] picture, EmbeddingTarget target, PictureViews views = PictureViews.Whole)
    {
        var embedded = await _embedder.EmbedAsync(picture, views, target, default);
        embedded.Failure.ShouldBeNull();
        return embedded.Value!;
    }

    private static Image Flat(Image image)
    {
        var opaque = image.HasAlpha() ? image.Flatten([255]) : image;
        return opaque.Bands == 1 ? opaque.Colourspace(Enums.Interpretation.Srgb) : opaque;
    }
}
