namespace ImageSearch.Embedding.Tests.Pictures;

/// <summary>Any color space, depth and transparency is decoded as displayed on white.</summary>
public sealed class ColorTests
{
    private const int FewLevels = 6;

    [Theory]
    [InlineData("grey.jpg", 90, 90, 90)]
    [InlineData("grey16.png", 128, 128, 128)]
    [InlineData("rgb16.png", 200, 60, 30)]
    [InlineData("bilevel.png", 255, 255, 255)]
    [InlineData("half.png", 127, 127, 127)]
    [InlineData("animation.gif", 200, 60, 30)]
    [InlineData("animation.webp", 200, 60, 30)]
    public void A_picture_of_one_color_keeps_it(string file, int red, int green, int blue) =>
        ShouldBeNear(TestPictures.Middle(file), (red, green, blue), levels: 3);

    [Theory]
    [InlineData("alpha.png")]
    [InlineData("alpha.webp")]
    public void Transparency_is_white(string file)
    {
        var pixels = TestPictures.Decode(TestPictures.Bytes(file));
        ShouldBeNear(TestPictures.At(pixels, 50, 112), (200, 60, 30), levels: 2);
        ShouldBeNear(TestPictures.At(pixels, 180, 112), (255, 255, 255), levels: 0);
    }

    [Theory]
    [InlineData("plain.tif", 1)]
    [InlineData("interlaced.png", 1)]
    [InlineData("palette.png", FewLevels)]
    [InlineData("plain.gif", FewLevels)]
    [InlineData("baseline.jpg", FewLevels)]
    [InlineData("progressive.jpg", FewLevels)]
    [InlineData("lossy.webp", FewLevels)]
    [InlineData("plain.avif", FewLevels)]
    [InlineData("p3.jpg", FewLevels)]
    public void The_same_drawing_decodes_alike_in_every_format(string file, double levels) =>
        MeanDifference(TestPictures.Decode(TestPictures.Bytes(file)), TestPictures.Decode(TestPictures.Bytes("plain.png"))).ShouldBeLessThan(levels);

    [Fact]
    public void A_wide_gamut_profile_is_converted()
    {
        // The red of the drawing is 200, 30, 40; as Display P3 the file stores it less saturated.
        var red = TestPictures.At(TestPictures.Decode(TestPictures.Bytes("p3.jpg")), 50, 80);
        ShouldBeNear(red, (200, 30, 40), levels: 8);
    }

    [Fact]
    public void CMYK_is_converted_to_the_printed_colors()
    {
        var pixels = TestPictures.Decode(TestPictures.Bytes("cmyk.jpg"));
        var (red, green, blue) = TestPictures.At(pixels, 50, 80);
        red.ShouldBeGreaterThan(150);
        green.ShouldBeLessThan(90);
        blue.ShouldBeLessThan(100);
        var paper = TestPictures.At(pixels, 110, 50);
        Math.Min(paper.Red, Math.Min(paper.Green, paper.Blue)).ShouldBeGreaterThan(220);
    }

    [Fact]
    public void The_padding_keeps_its_color_when_a_profile_is_converted()
    {
        var pixels = TestPictures.Decode(TestPictures.Bytes("p3.jpg"), TestPictures.Input with { Pad = [114, 10, 250] });
        TestPictures.At(pixels, 112, 5).ShouldBe((114, 10, 250));
        TestPictures.At(pixels, 112, 220).ShouldBe((114, 10, 250));
    }

    private static double MeanDifference(byte[] a, byte[] b) => a.Zip(b, (x, y) => (double)Math.Abs(x - y)).Average();

    private static void ShouldBeNear((int Red, int Green, int Blue) actual, (int Red, int Green, int Blue) expected, int levels)
    {
        Math.Abs(actual.Red - expected.Red).ShouldBeLessThanOrEqualTo(levels, $"{actual}");
        Math.Abs(actual.Green - expected.Green).ShouldBeLessThanOrEqualTo(levels, $"{actual}");
        Math.Abs(actual.Blue - expected.Blue).ShouldBeLessThanOrEqualTo(levels, $"{actual}");
    }
}
