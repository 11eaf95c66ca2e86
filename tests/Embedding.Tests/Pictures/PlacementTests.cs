using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Tests.Pictures;

/// <summary>Where pictures land in the network's input; the letterbox rule is the one of the default model's training.</summary>
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
    public void Letterbox_keeps_all_and_rounds_halves_to_even(int width, int height, int scaledWidth, int scaledHeight, int left, int top) =>
        Placement.Of(TestPictures.Input, width, height).ShouldBe(new Placement(scaledWidth, scaledHeight, left, top));

    [Theory]
    [InlineData(500, 375, 256, 341, -58, -16)]
    [InlineData(375, 500, 341, 256, -16, -58)]
    [InlineData(100, 100, 256, 256, -16, -16)]
    public void Crop_keeps_the_middle(int width, int height, int scaledHeight, int scaledWidth, int left, int top) =>
        Placement.Of(TestPictures.Input with { Resize = ResizeMode.Crop, ShortSide = 256 }, width, height)
            .ShouldBe(new Placement(scaledWidth, scaledHeight, left, top));

    [Fact]
    public void Crop_of_a_line_of_pixels_stays_within_what_can_be_computed()
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
    public void A_loader_shrinks_only_as_far_as_leaves_two_pixels_for_one(int width, int height, int divisor) =>
        LoadShrink.For((width, height), (224, 224)).JpegDivisor.ShouldBe(divisor);
}
