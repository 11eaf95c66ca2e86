using NetVips;

namespace ImageSearch.Embedding.Tests.Pictures;

/// <summary>Files that a client brings to be kept are what their bytes are, and a thumbnail is a small still WebP.</summary>
public sealed class KeptPictureCheckTests
{
    private readonly KeptPictureCheck _check = new(new EmbeddingOptions { ModelPath = "" });

    [Theory]
    [InlineData(192, 100, false, false)]
    [InlineData(256, 256, true, false)]
    [InlineData(1, 1, false, false)]
    [InlineData(90, 120, false, true)]
    public void A_still_webp_within_the_limits_is_a_thumbnail(int width, int height, bool isLossless, bool hasAlpha)
    {
        var file = WebP(width, height, isLossless, hasAlpha);

        var picture = KeptPictureCheck.Thumbnail(file);

        picture.Failure.ShouldBeNull();
        (picture.Value!.MediaType, picture.Value.Bytes.Length).ShouldBe(("image/webp", file.Length));
    }

    [Theory]
    [InlineData(257, 10, FailureCode.PictureTooLarge)]
    [InlineData(10, 1000, FailureCode.PictureTooLarge)]
    public void A_larger_one_is_refused(int width, int height, FailureCode code) =>
        KeptPictureCheck.Thumbnail(WebP(width, height)).Failure.ShouldNotBeNull().Code.ShouldBe(code);

    [Fact]
    public void Other_bytes_are_no_thumbnail()
    {
        var thumbnail = WebP(100, 100);
        (byte[] File, FailureCode Code)[] cases =
        [
            ("<html><script>alert(1)</script>"u8.ToArray(), FailureCode.PictureTypeUnknown),
            (TestPictures.Bytes("grey.jpg"), FailureCode.PictureTypeUnknown),
            (TestPictures.Bytes("animation.webp"), FailureCode.PictureCorrupt),
            (thumbnail[..^4], FailureCode.PictureTruncated),
            ([.. thumbnail, .. "<script>alert(1)</script>"u8], FailureCode.PictureCorrupt),
            (With(thumbnail, "XMP ", "<html><script>alert(1)</script>"u8), FailureCode.PictureCorrupt),
            (With(thumbnail, "EXIF", "1234"u8), FailureCode.PictureCorrupt),
            ("RIFF\u0004\0\0\0WEBP"u8.ToArray(), FailureCode.PictureCorrupt),
            (With("RIFF\0\0\0\0WEBP"u8.ToArray(), "VP8 ", "no frame of this"u8), FailureCode.PictureCorrupt),
            (new byte[KeptPictures.MaxThumbnailBytes + 1], FailureCode.PictureTooLarge),
            ([], FailureCode.PictureTypeUnknown),
        ];

        foreach (var (file, code) in cases) KeptPictureCheck.Thumbnail(file).Failure.ShouldNotBeNull().Code.ShouldBe(code);
    }

    [Fact]
    public void Damaged_bytes_are_read_without_an_exception()
    {
        var random = new Random(1);
        byte[][] files = [WebP(40, 30), WebP(40, 30, isLossless: true), WebP(40, 30, hasAlpha: true)];
        for (var i = 0; i < 30_000; i++)
        {
            var file = files[i % 3][..random.Next(files[i % 3].Length + 1)].ToArray();
            for (var change = 0; change < 4 && file.Length > 0; change++) file[random.Next(Math.Min(file.Length, 60))] = (byte)random.Next(256);
            Should.NotThrow(() => KeptPictureCheck.Thumbnail(file));
        }
    }

    [Theory]
    [InlineData("grey.jpg", "image/jpeg")]
    [InlineData("alpha.png", "image/png")]
    [InlineData("animation.gif", "image/gif")]
    [InlineData("animation.webp", "image/webp")]
    public void An_original_is_of_the_type_of_its_bytes(string file, string type) => _check.Original(TestPictures.Bytes(file)).Value!.MediaType.ShouldBe(type);

    [Theory]
    [InlineData("plain.tif")]
    [InlineData("plain.avif")]
    public void Types_that_adds_refuse_are_refused(string file)
    {
        _check.Original(TestPictures.Bytes(file)).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.PictureTypeUnknown);
        new KeptPictureCheck(new EmbeddingOptions { ModelPath = "", AllowTiff = true, AllowAvif = true }).Original(TestPictures.Bytes(file)).Failure.ShouldBeNull();
    }

    [Fact]
    public void A_page_is_no_original() =>
        _check.Original("<html></html>"u8.ToArray()).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.PictureTypeUnknown);

    private static byte[] WebP(int width, int height, bool isLossless = false, bool hasAlpha = false)
    {
        using var noise = Image.Gaussnoise(width, height, mean: 128, sigma: 40);
        using var bands = noise.Bandjoin([.. Enumerable.Repeat(noise, hasAlpha ? 3 : 2)]);
        using var picture = bands.Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        return picture.WebpsaveBuffer(lossless: isLossless, effort: 0, keep: Enums.ForeignKeep.None);
    }

    // The file with one chunk more.
    private static byte[] With(byte[] file, string name, ReadOnlySpan<byte> content)
    {
        byte[] longer = [.. file, .. System.Text.Encoding.ASCII.GetBytes(name), .. BitConverter.GetBytes(content.Length), .. content, .. new byte[content.Length % 2]];
        BitConverter.TryWriteBytes(longer.AsSpan(4), longer.Length - 8);
        return longer;
    }
}
