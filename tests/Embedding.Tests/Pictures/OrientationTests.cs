using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Tests.Pictures;

/// <summary>A picture is decoded upright, however it is stored.</summary>
public sealed class OrientationTests
{
    public static TheoryData<int> Orientations => [.. Enumerable.Range(1, 8)];

    [Theory]
    [MemberData(nameof(Orientations))]
    public void The_whole_picture_is_decoded_upright(int orientation) => ShouldLookAlike(orientation, box: null);

    [Theory]
    [MemberData(nameof(Orientations))]
    public void A_box_is_cut_from_the_upright_picture(int orientation) => ShouldLookAlike(orientation, new PixelBox(4, 3, 60, 44));

    [Theory]
    [MemberData(nameof(Orientations))]
    public void Width_and_height_are_those_of_the_upright_picture(int orientation)
    {
        var header = TestPictures.Header(TestPictures.Bytes($"orientation_{orientation}.jpg"));
        (header.Width, header.Height).ShouldBe((96, 64));
    }

    [Theory]
    [MemberData(nameof(Orientations))]
    public void Mapping_to_the_stored_picture_and_back_is_the_identity(int exif)
    {
        var orientation = new Orientation(exif);
        var (width, height) = orientation.SwapsAxes ? (5, 7) : (7, 5);
        for (var x = 0; x < 7; x++)
        {
            var stored = orientation.ToStored(new PixelBox(x, 2, x + 1, 3), width, height);
            (stored.Width, stored.Height).ShouldBe((1, 1));
            orientation.ToSeen(stored.Left, stored.Top, width, height).ShouldBe((x, 2));
        }
    }

    private static void ShouldLookAlike(int orientation, PixelBox? box)
    {
        var turned = TestPictures.Decode(TestPictures.Bytes($"orientation_{orientation}.jpg"), box: box);
        var upright = TestPictures.Decode(TestPictures.Bytes("orientation_1.jpg"), box: box);
        // JPEG rounds each orientation differently.
        turned.Zip(upright, (a, b) => Math.Abs(a - b)).Average().ShouldBeLessThan(0.8);
    }
}
