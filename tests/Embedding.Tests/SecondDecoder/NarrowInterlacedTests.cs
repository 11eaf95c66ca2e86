using NetVips;

namespace ImageSearch.Embedding.Tests.SecondDecoder;

/// <summary>
/// An interlaced PNG of fewer than five columns has passes without pixels. ImageSharp 2.1 writes data for them, and hangs on or rejects
/// files without. Such pictures are compared with the same picture without interlacing.
/// </summary>
public sealed class NarrowInterlacedTests
{
    [Fact]
    public void A_narrow_interlaced_png_decodes_as_a_plain_one()
    {
        TestPictures.Read(TestPictures.Bytes("plain.png")).Failure.ShouldBeNull();
        for (var width = 1; width <= 5; width++)
        {
            for (var height = 1; height <= 9; height++)
            {
                var pixels = new byte[width * height * 3];
                new Random(width * height).NextBytes(pixels);
                using var raw = Image.NewFromMemoryCopy<byte>(pixels, width, height, bands: 3, Enums.BandFormat.Uchar);
                using var image = raw.Copy(interpretation: Enums.Interpretation.Srgb);
                TestPictures.Decode(image.PngsaveBuffer(interlace: true)).ShouldBe(TestPictures.Decode(image.PngsaveBuffer()), $"{width} x {height}");
            }
        }
    }
}
