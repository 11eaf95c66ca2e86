using ImageSearch.Embedding.Pictures.Structure;
using ImageSearch.Embedding.Pictures.Thumbnails.WebP;
using ImageSearch.Embedding.Tests.Golden;

namespace ImageSearch.Embedding.Tests.Pictures.Thumbnails;

/// <summary>A thumbnail is read by libwebp, which is the oracle of the encoder, and looks like the picture.</summary>
public sealed class WebPEncoderTests
{
    // What libwebp reaches at quality 65 for the same pictures, less half a decibel.
    private const double Tolerance = 0.5;

    private readonly WebPEncoder _encoder = new();

    public static TheoryData<int, int> Sizes => new()
    {
        { 1, 1 }, { 1, 256 }, { 256, 1 }, { 15, 17 }, { 16, 16 }, { 17, 33 }, { 31, 15 }, { 100, 64 }, { 192, 108 }, { 255, 256 }, { 256, 256 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_gradient_of_any_size_is_almost_the_same(int width, int height)
    {
        var picture = Pixels.Of(width, height, (x, y) => ((byte)(x % 256), (byte)(y % 256), (byte)((x + y) / 2 % 256)));

        picture.DistanceTo(_encoder.Encode(picture.Rgb, width, height)).ShouldBeGreaterThan(33);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Noise_of_any_size_is_read(int width, int height)
    {
        var noise = new Random(7);
        var picture = Pixels.Of(width, height, (_, _) => ((byte)noise.Next(256), (byte)noise.Next(256), (byte)noise.Next(256)));

        var file = _encoder.Encode(picture.Rgb, width, height);

        picture.DistanceTo(file).ShouldBeGreaterThan(7);
        StillWebP.SizeOf(file).TryGet(out var size, out _).ShouldBeTrue();
        size.ShouldBe((width, height));
    }

    [Fact]
    public void The_loudest_noise_is_no_larger_than_what_is_kept()
    {
        var noise = new Random(7);
        var side = KeptPictures.MaxThumbnailSide;
        var picture = Pixels.Of(side, side, (_, _) => (Loud(), Loud(), Loud()));

        _encoder.Encode(picture.Rgb, side, side).Length.ShouldBeLessThan(KeptPictures.MaxThumbnailBytes);

        byte Loud() => noise.Next(2) == 0 ? byte.MinValue : byte.MaxValue;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(16)]
    public void The_sharpest_edges_there_are_keep_their_brightness(int square)
    {
        var picture = Pixels.Of(128, 128, (x, y) => (x / square + y / square) % 2 == 0 ? ((byte)0, (byte)0, (byte)0) : ((byte)255, (byte)255, (byte)255));

        picture.DistanceTo(_encoder.Encode(picture.Rgb, 128, 128)).ShouldBeGreaterThan(21);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(255, 255, 255)]
    [InlineData(255, 0, 0)]
    [InlineData(0, 255, 0)]
    [InlineData(0, 0, 255)]
    [InlineData(37, 111, 222)]
    public void A_picture_of_one_color_keeps_it_in_a_few_hundred_bytes(byte red, byte green, byte blue)
    {
        var picture = Pixels.Of(192, 192, (_, _) => (red, green, blue));

        var file = _encoder.Encode(picture.Rgb, 192, 192);

        picture.DistanceTo(file).ShouldBeGreaterThan(38);
        file.Length.ShouldBeLessThan(700);
    }

    [Theory]
    [InlineData("scene_0.png")]
    [InlineData("scene_2.jpg")]
    [InlineData("scene_3.jpg")]
    [InlineData("decode_4.webp")]
    public void It_is_as_close_to_the_picture_as_that_of_libwebp_and_little_larger(string file)
    {
        var picture = Pixels.Read(GoldenPictures.Bytes(file), 192);
        var other = picture.ByLibwebp();

        var own = _encoder.Encode(picture.Rgb, picture.Width, picture.Height);

        picture.DistanceTo(own).ShouldBeGreaterThan(picture.DistanceTo(other) - Tolerance);
        own.Length.ShouldBeLessThan((other.Length * 5 / 4) + 400);
    }

    [Fact]
    public void A_picture_gives_the_same_bytes_whatever_was_encoded_before()
    {
        var picture = Pixels.Read(GoldenPictures.Bytes("scene_2.jpg"), 192);
        var first = _encoder.Encode(picture.Rgb, picture.Width, picture.Height);
        var larger = Pixels.Read(GoldenPictures.Bytes("scene_3.jpg"), 256);
        _encoder.Encode(larger.Rgb, larger.Width, larger.Height);

        _encoder.Encode(picture.Rgb, picture.Width, picture.Height).ShouldBe(first);
    }
}
