using System.Security.Cryptography;
using ImageSearch.Embedding.Pictures.Structure;
using ImageSearch.Embedding.Pictures.Thumbnails.WebP;
using ImageSearch.Embedding.Tests.Golden;

namespace ImageSearch.Embedding.Tests.Pictures.Thumbnails;

/// <summary>A thumbnail is read by libwebp, which is the oracle of the encoder, and looks like the picture.</summary>
public sealed class WebPEncoderTests
{
    // Of the same pixels on every processor: with AVX2, without it, and without vector instructions (DOTNET_EnableHWIntrinsic=0).
    private const string HashOfMixed = "53801F6E06F82F08C2441367ED953D5D255852E21CE9893085324A93F8EC5310";

    // Decibels that a thumbnail may be worse than one by libwebp with quality 65.
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
        var picture = Pixels.Of(width, height, (x, y) => ((byte)x, (byte)y, (byte)((x + y) / 2)));

        picture.PsnrOf(Encode(picture)).ShouldBeGreaterThan(33);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Grey_noise_of_any_size_is_almost_the_same(int width, int height)
    {
        var noise = new Random(7);
        var picture = Pixels.Of(width, height, (_, _) => Grey(noise.Next(256)));

        var file = Encode(picture);

        picture.PsnrOf(file).ShouldBeGreaterThan(28);
        StillWebP.SizeOf(file).TryGet(out var size, out _).ShouldBeTrue();
        size.ShouldBe((width, height));
    }

    [Fact]
    public void The_loudest_noise_is_no_larger_than_what_is_kept()
    {
        var noise = new Random(7);
        var side = KeptPictures.MaxThumbnailSide;
        var picture = Pixels.Of(side, side, (_, _) => (Loud(), Loud(), Loud()));

        var file = Encode(picture);

        file.Length.ShouldBeLessThan(KeptPictures.MaxThumbnailBytes);
        picture.PsnrOf(file).ShouldBeGreaterThan(picture.PsnrOf(picture.ByLibwebp()) - Tolerance);

        byte Loud() => noise.Next(2) == 0 ? byte.MinValue : byte.MaxValue;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(16)]
    public void The_sharpest_edges_there_are_keep_their_brightness(int square)
    {
        var picture = Pixels.Of(128, 128, (x, y) => Grey(((x / square) + (y / square)) % 2 * 255));

        picture.PsnrOf(Encode(picture)).ShouldBeGreaterThan(21);
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

        var file = Encode(picture);

        picture.PsnrOf(file).ShouldBeGreaterThan(38);
        file.Length.ShouldBeLessThan(700);
    }

    [Fact]
    public void Single_dots_on_a_plain_ground_stay()
    {
        var dots = Pixels.Of(128, 128, (x, y) => Grey(x % 16 == 8 && y % 16 == 8 ? 190 : 255));
        var plain = Pixels.Of(128, 128, (_, _) => Grey(255));

        var file = Encode(dots);

        dots.PsnrOf(file).ShouldBeGreaterThan(plain.PsnrOf(file));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Macroblocks_without_coefficients_may_lie_between_others(int parity)
    {
        var noise = new Random(3);
        var picture = Pixels.Of(160, 144, (x, y) => ((x / 16) + (y / 16)) % 2 == parity ? Grey(noise.Next(256)) : Grey(90));

        picture.PsnrOf(Encode(picture)).ShouldBeGreaterThan(28);
    }

    [Fact]
    public void Colors_of_one_brightness_are_told_apart()
    {
        var picture = Pixels.Of(128, 128, (x, y) => ((x / 16) + (y / 16)) % 2 == 0 ? ((byte)200, (byte)60, (byte)60) : ((byte)60, (byte)131, (byte)60));

        picture.PsnrOf(Encode(picture)).ShouldBeGreaterThan(picture.PsnrOf(picture.ByLibwebp()) - Tolerance);
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

        var own = Encode(picture);

        picture.PsnrOf(own).ShouldBeGreaterThan(picture.PsnrOf(other) - Tolerance);
        own.Length.ShouldBeLessThan((other.Length * 5 / 4) + 400);
    }

    [Fact]
    public void A_picture_gives_the_same_bytes_on_every_processor() => Convert.ToHexString(SHA256.HashData(Encode(Mixed()))).ShouldBe(HashOfMixed);

    [Fact]
    public void A_picture_gives_the_same_bytes_whatever_was_encoded_before()
    {
        var picture = Mixed();
        var first = Encode(picture);
        Encode(Pixels.Read(GoldenPictures.Bytes("scene_3.jpg"), 256));
        Should.Throw<ArgumentException>(() => _encoder.Encode(new byte[100_000], 192, 192));

        Encode(picture).ShouldBe(first);
    }

    [Fact]
    public void A_picture_that_is_larger_than_a_thumbnail_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => _encoder.Encode(new byte[257 * 3], 257, 1));

    private static (byte Red, byte Green, byte Blue) Grey(int level) => ((byte)level, (byte)level, (byte)level);

    // A gradient, noise in color and plain ground.
    private static Pixels Mixed()
    {
        var noise = new Random(11);
        return Pixels.Of(150, 130, (x, y) => (x / 50) switch
        {
            0 => ((byte)(x * 5), (byte)y, (byte)(255 - y)),
            1 => ((byte)noise.Next(256), (byte)noise.Next(256), (byte)noise.Next(256)),
            _ => Grey(240),
        });
    }

    private byte[] Encode(Pixels picture) => _encoder.Encode(picture.Rgb, picture.Width, picture.Height);
}
