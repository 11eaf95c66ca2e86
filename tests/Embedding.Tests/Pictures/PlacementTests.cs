using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Tests.Pictures;

/// <summary>The placement of pictures in the network's input; the letterbox rule is that of the default model's training.</summary>
public sealed class PlacementTests
{
    [Theory]
    [InlineData(224, 224, 224, 224, 0, 0)]
    [InlineData(288, 192, 224, 149, 0, 37)]
    [InlineData(115, 214, 120, 224, 52, 0)]
    [InlineData(1, 1, 224, 224, 0, 0)]
    [InlineData(10_000, 1, 224, 1, 0, 111)]
    [InlineData(448, 5, 224, 2, 0, 111)]
    [InlineData(448, 7, 224, 4, 0, 110)]
    public void Letterbox_keeps_the_whole_picture_and_rounds_half_to_even(int width, int height, int scaledWidth, int scaledHeight, int left, int top) =>
        Placement.Of(TestPictures.Input, width, height).ShouldBe(new Placement(scaledWidth, scaledHeight, left, top));

    [Theory]
    [InlineData(500, 375, 256, 341, -58, -16)]
    [InlineData(375, 500, 341, 256, -16, -58)]
    [InlineData(100, 100, 256, 256, -16, -16)]
    public void Crop_keeps_the_center(int width, int height, int scaledHeight, int scaledWidth, int left, int top) =>
        Placement.Of(TestPictures.Input with { Resize = ResizeMode.Crop, ShortSide = 256 }, width, height)
            .ShouldBe(new Placement(scaledWidth, scaledHeight, left, top));

    [Fact]
    public void A_single_line_of_pixels_can_be_cropped()
    {
        var input = TestPictures.Input with { Resize = ResizeMode.Crop, ShortSide = 224 };
        TestPictures.TryDecode(PngFile.Black(16_384, 1), input).Failure.ShouldBeNull();
        TestPictures.TryDecode(PngFile.Black(1, 16_384), input).Failure.ShouldBeNull();
    }

    [Fact]
    public void Stretch_fills_the_input() =>
        Placement.Of(TestPictures.Input with { Resize = ResizeMode.Stretch }, 17, 900).ShouldBe(new Placement(224, 224, 0, 0));

    [Theory]
    [InlineData(448, 448, 1)]
    [InlineData(895, 1000, 1)]
    [InlineData(896, 1000, 2)]
    [InlineData(4000, 3000, 4)]
    [InlineData(4000, 3584, 8)]
    public void A_loader_leaves_at_least_two_pixels_per_result_pixel(int width, int height, int divisor) =>
        LoadShrink.For((width, height), (224, 224), minOversampling: 2).JpegDivisor.ShouldBe(divisor);

    [Theory]
    [InlineData("v2")]
    [InlineData("v2-160")]
    public void A_loader_halves_a_picture_of_800_pixels_for_version_2(string model)
    {
        var input = ManifestReader.Read(Path.Combine(AppContext.BaseDirectory, "models", model)).Input;
        LoadShrink.For((800, 800), (input.Width, input.Height), input.MinOversampling).JpegDivisor.ShouldBe(2);
    }

    [Fact]
    public void A_manifest_without_the_field_leaves_two_pixels_per_result_pixel() => TestPictures.Input.MinOversampling.ShouldBe(2);
}
