using ImageSearch.Client.Search;
using ImageSearch.Pages.Searching.Inputs;

namespace ImageSearch.Pages.Tests.Searching;

/// <summary>A part of a picture, whose numbers come from a browser.</summary>
public sealed class RegionBoxTests
{
    [Fact]
    public void Edges_are_put_in_order() => new RegionBox(0.8, 0.9, 0.1, 0.2).Inside().ShouldBe(new RegionBox(0.1, 0.2, 0.8, 0.9));

    [Fact]
    public void A_box_stays_inside_the_picture() => new RegionBox(-1, 0, 2, double.PositiveInfinity).Inside().ShouldBe(new RegionBox(0, 0, 1, RegionBox.MinSide));

    [Fact]
    public void A_box_is_not_too_small_for_the_service() => new RegionBox(1, 0.5, 1, 0.5).Inside().ShouldBe(new RegionBox(1 - RegionBox.MinSide, 0.5, 1, 0.5 + RegionBox.MinSide));

    [Fact]
    public void The_service_gets_shares() => new RegionBox(0.1, 0.2, 0.3, 0.4).ToRegion().ShouldBe(Region.Shares(0.1, 0.2, 0.3, 0.4));

    [Fact]
    public void A_main_object_in_pixels_is_not_drawn() => RegionBox.Of(Region.Pixels(1, 2, 30, 40)).ShouldBeNull();
}
