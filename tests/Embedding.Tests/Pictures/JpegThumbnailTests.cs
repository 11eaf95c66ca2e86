using NetVips;

namespace ImageSearch.Embedding.Tests.Pictures;

/// <summary>A thumbnail becomes a JPEG with the same picture, and other bytes are not decoded.</summary>
public sealed class JpegThumbnailTests
{
    [Theory]
    [InlineData(192, 100, false)]
    [InlineData(1, 1, false)]
    [InlineData(90, 120, true)]
    public void A_thumbnail_becomes_a_JPEG_of_the_same_picture(int width, int height, bool hasAlpha)
    {
        var jpeg = JpegThumbnail.Of(Green(width, height, hasAlpha));

        jpeg.Failure.ShouldBeNull();
        using var picture = Image.JpegloadBuffer(jpeg.Value!);
        (picture.Width, picture.Height, picture.Bands).ShouldBe((width, height, 3));
        var pixel = picture.Getpoint(0, 0);
        foreach (var (value, expected) in pixel.Zip([20.0, 200, 40])) value.ShouldBe(expected, 12);
    }

    [Fact]
    public void Bytes_that_are_no_thumbnail_are_refused_as_the_check_refuses_them()
    {
        var thumbnail = Green(100, 100, hasAlpha: false);
        (byte[] File, FailureCode Code)[] cases =
        [
            ("\u001b]0;title\a"u8.ToArray(), FailureCode.PictureTypeUnknown),
            (TestPictures.Bytes("grey.jpg"), FailureCode.PictureTypeUnknown),
            (Green(300, 10, hasAlpha: false), FailureCode.PictureTooLarge),
            (thumbnail[..^4], FailureCode.PictureTruncated),
            ([.. thumbnail, .. "\u001b[2J"u8], FailureCode.PictureCorrupt),
        ];

        foreach (var (file, code) in cases) JpegThumbnail.Of(file).Failure.ShouldNotBeNull().Code.ShouldBe(code);
    }

    [Fact]
    public void A_thumbnail_whose_pixels_are_damaged_is_refused()
    {
        var file = Green(100, 100, hasAlpha: false);
        // Behind the header, which is as it was.
        file.AsSpan(30).Fill(0xFF);

        JpegThumbnail.Of(file).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.PictureCorrupt);
    }

    private static byte[] Green(int width, int height, bool hasAlpha)
    {
        using var black = Image.Black(width, height, bands: 3);
        using var green = (black + new double[] { 20, 200, 40 }).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        using var picture = hasAlpha ? green.Bandjoin(255) : green.Copy();
        return picture.WebpsaveBuffer(effort: 0, keep: Enums.ForeignKeep.None);
    }
}
