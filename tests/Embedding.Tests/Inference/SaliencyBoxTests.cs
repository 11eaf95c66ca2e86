using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Tests.Inference;

/// <summary>Cases that are not among the 128 of the reference.</summary>
public sealed class SaliencyBoxTests
{
    private static readonly SaliencySpec Spec = ManifestReader.Read(TestModels.Default).Saliency!;

    [Fact]
    public void A_map_below_the_minimum_peak_has_no_box() => Find(Map(0.29f, (10, 10, 8, 8))).ShouldBeNull();

    [Fact]
    public void A_map_of_NaN_has_no_box() => Find(Map(float.NaN, (10, 10, 8, 8))).ShouldBeNull();

    [Fact]
    public void The_box_encloses_the_object_with_a_margin() =>
        Find(Map(0.9f, (10, 12, 8, 6))).ShouldBe(new PixelBox(78, 94, 146, 146));

    [Fact]
    public void A_small_spot_beside_the_object_is_ignored() =>
        Find(Map(0.9f, (10, 12, 8, 6), (25, 25, 1, 1))).ShouldBe(Find(Map(0.9f, (10, 12, 8, 6))));

    [Fact]
    public void Two_similar_objects_share_a_box()
    {
        var box = Find(Map(0.9f, (2, 2, 5, 5), (20, 20, 5, 5)))!.Value;
        box.Left.ShouldBeLessThan(16);
        box.Bottom.ShouldBeGreaterThan(200);
    }

    [Fact]
    public void An_object_that_fills_the_picture_has_no_box() => Find(Map(0.9f, (0, 0, 28, 28))).ShouldBeNull();

    [Fact]
    public void A_threshold_at_the_peak_gives_no_box() =>
        SaliencyBox.Find(Map(0.9f, (10, 12, 8, 6)), Spec with { Box = Spec.Box with { RelativeThreshold = 1 } }, TestPictures.Input, 224, 224).ShouldBeNull();

    private static PixelBox? Find(float[] map) => SaliencyBox.Find(map, Spec, TestPictures.Input, 224, 224);

    private static float[] Map(float value, params (int X, int Y, int Width, int Height)[] objects)
    {
        var map = new float[Spec.Grid * Spec.Grid];
        foreach (var (left, top, width, height) in objects)
        {
            for (var y = top; y < top + height; y++) map.AsSpan((y * Spec.Grid) + left, width).Fill(value);
        }

        return map;
    }
}
