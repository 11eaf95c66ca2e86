using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Tests.Pictures;

/// <summary>A profile is recognized as sRGB by its numbers.</summary>
public sealed class SrgbProfileTests
{
    [Fact]
    public void An_sRGB_profile_is_recognized() => SrgbProfile.Is(ProfileOf("srgb.jpg")).ShouldBeTrue();

    [Fact]
    public void A_wide_gamut_profile_is_not_sRGB() => SrgbProfile.Is(ProfileOf("p3.jpg")).ShouldBeFalse();

    [Fact]
    public void Other_primaries_are_not_sRGB()
    {
        var profile = ProfileOf("srgb.jpg");
        var red = profile.AsSpan().LastIndexOf("XYZ \0\0\0\0"u8);
        profile[red + 8] ^= 1;
        SrgbProfile.Is(profile).ShouldBeFalse();
    }

    [Fact]
    public void Truncated_and_damaged_profiles_do_not_throw()
    {
        var profile = ProfileOf("srgb.jpg");
        // The first half lacks curves. The bytes after the curves do not matter.
        for (var length = 0; length < profile.Length; length++)
            (SrgbProfile.Is(profile.AsSpan(0, length)) && length < profile.Length / 2).ShouldBeFalse();
        var random = new Random(3);
        for (var round = 0; round < 2_000; round++)
        {
            var damaged = (byte[])profile.Clone();
            for (var i = 0; i < 8; i++) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            Should.NotThrow(() => SrgbProfile.Is(damaged));
        }
    }

    [Fact]
    public void Pixels_with_an_sRGB_profile_are_unchanged() =>
        TestPictures.Decode(TestPictures.Bytes("srgb.jpg")).ShouldBe(TestPictures.Decode(TestPictures.Bytes("baseline.jpg")));

    private static unsafe byte[] ProfileOf(string file)
    {
        var bytes = TestPictures.Bytes(file);
        TestPictures.Read(bytes).Failure.ShouldBeNull();
        fixed (byte* pin = bytes)
        {
            using var image = PictureFile.Open(PictureType.Jpeg, bytes, LoadShrink.None);
            return (byte[])image.Get("icc-profile-data");
        }
    }
}
