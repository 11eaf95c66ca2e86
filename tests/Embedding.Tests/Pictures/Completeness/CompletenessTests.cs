using System.Buffers.Binary;
using ImageSearch.Embedding.Pictures;
using ImageSearch.Embedding.Tests.SecondDecoder;
using NetVips;

namespace ImageSearch.Embedding.Tests.Pictures.Completeness;

/// <summary>A file is accepted if its pixels are complete, however it ends.</summary>
public sealed class CompletenessTests(SecondDecoderTests.Network network) : IClassFixture<SecondDecoderTests.Network>
{
    private static readonly (string Name, byte[] File)[] Pictures =
        [.. WholePictures.All().Where(picture => picture.Name.StartsWith("golden/scene_0", StringComparison.Ordinal))];

    public static TheoryData<string> WithoutEnd() => [.. Names("whole").Where(name => !name.Contains("reference"))];

    public static TheoryData<string> WithMissingPixels() => [.. Names("missing")];

    [Theory]
    [MemberData(nameof(WithoutEnd))]
    public void A_picture_whose_file_lacks_only_its_end_is_accepted(string name) => ShouldLookLike(
        TestPictures.Bytes($"whole/{name}"),
        TestPictures.Bytes(name.StartsWith("jpeg", StringComparison.Ordinal) ? "whole/reference.jpg" : "whole/reference.png"),
        name.StartsWith("gif", StringComparison.Ordinal) ? 0.15 : 1e-3);

    [Theory]
    [MemberData(nameof(WithMissingPixels))]
    public void A_picture_with_missing_pixels_is_rejected_although_its_file_has_an_end(string name) =>
        TestPictures.TryDecode(TestPictures.Bytes($"missing/{name}")).Failure.ShouldNotBeNull()
            .Code.ShouldBeOneOf(FailureCode.PictureCorrupt, FailureCode.PictureTruncated);

    [Fact]
    public void A_JPEG_that_declares_more_pixels_than_it_has_data_for_is_rejected()
    {
        var file = TestPictures.Bytes("grey.jpg");
        var frame = file.AsSpan(file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0, 0]));
        BinaryPrimitives.WriteUInt16BigEndian(frame[5..], 3_000);
        BinaryPrimitives.WriteUInt16BigEndian(frame[7..], 16_000);
        TestPictures.TryDecode(file).Failure.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("jpeg-420")]
    [InlineData("jpeg-grey")]
    [InlineData("jpeg-cmyk")]
    [InlineData("jpeg-restarts")]
    [InlineData("jpeg-progressive-420")]
    [InlineData("gif")]
    public void A_file_truncated_anywhere_and_closed_is_rejected(string kind)
    {
        var file = File(kind);
        byte[] end = kind == "gif" ? [0, 0x3B] : [0xFF, 0xD9];
        for (var percent = 5; percent < 100; percent += 5)
            TestPictures.TryDecode([.. file[..(file.Length * percent / 100)], .. end]).Failure.ShouldNotBeNull($"{percent} %");
    }

    [Theory]
    [InlineData("jpeg-420")]
    [InlineData("jpeg-444")]
    [InlineData("jpeg-restarts")]
    [InlineData("jpeg-progressive-444")]
    [InlineData("gif")]
    public void A_file_with_a_hole_is_rejected(string kind)
    {
        var file = File(kind);
        for (var percent = 20; percent < 75; percent += 5)
        {
            byte[] holed = [.. file[..(file.Length * percent / 100)], .. file[(file.Length * (percent + 17) / 100)..]];
            TestPictures.TryDecode(holed).Failure.ShouldNotBeNull($"{percent} %");
        }
    }

    [Fact]
    public void A_progressive_JPEG_truncated_between_two_scans_and_closed_is_rejected()
    {
        var file = File("jpeg-progressive-420");
        var scans = Enumerable.Range(0, file.Length - 1).Where(at => file[at] == 0xFF && file[at + 1] is 0xC4 or 0xDA).ToList();
        scans.Count.ShouldBeGreaterThan(6);
        foreach (var at in scans.Skip(3)) TestPictures.TryDecode([.. file[..at], 0xFF, 0xD9]).Failure.ShouldNotBeNull();
    }

    [Fact]
    public void A_missing_restart_marker_loses_no_pixels()
    {
        var file = File("jpeg-restarts");
        for (var seed = 0; seed < 20; seed++)
            ShouldLookLike(JpegOddities.WithoutRestart(PictureType.Jpeg, file, new Random(seed))!, file, 1e-6);
    }

    [Fact]
    public void A_large_JPEG_without_its_last_rows_is_rejected_and_one_without_its_end_marker_accepted()
    {
        using var small = Image.NewFromBuffer(StoredPictures.Bytes("golden/scene_0.png"));
        using var noise = Image.Gaussnoise(2000, 1504, sigma: 20);
        using var large = (small.Flatten().Resize(2000.0 / small.Width).Crop(0, 0, 2000, 1504) + noise).Cast(Enums.BandFormat.Uchar);
        var file = large.Copy(interpretation: Enums.Interpretation.Srgb).JpegsaveBuffer(q: 90);
        file.Length.ShouldBeGreaterThan(ImageSearch.Embedding.Pictures.Completeness.DecodePlan.MaxBytesWalkedFirst);
        TestPictures.TryDecode([.. file[..(file.Length * 995 / 1000)], 0xFF, 0xD9]).Failure.ShouldNotBeNull();
        TestPictures.TryDecode(file.AsSpan(0, file.Length / 2)).Failure!.Code.ShouldBe(FailureCode.PictureTruncated);
        ShouldLookLike(file[..^2], file, 1e-6);
        ShouldLookLike(JpegOddities.StrayBytes(PictureType.Jpeg, file, new Random(1))!, file, 1e-6);
    }

    [Fact]
    public void An_animation_is_accepted_if_its_first_frame_is_complete()
    {
        var whole = TestPictures.Bytes("animation.gif");
        ShouldLookLike(whole[..(whole.Length * 3 / 4)], whole, 1e-6);
        whole = TestPictures.Bytes("animation.webp");
        ShouldLookLike(whole[..(whole.Length * 3 / 4)], whole, 1e-6);
    }

    private static byte[] File(string kind) => Pictures.Single(picture => picture.Name.EndsWith(" " + kind, StringComparison.Ordinal)).File;

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "pictures", folder))
            .Select(file => Path.GetFileName(file))
            .Order(StringComparer.Ordinal);

    private void ShouldLookLike(byte[] file, byte[] whole, double maxDistance) =>
        (1 - Similarity.Cosine(network.Embed(file), network.Embed(whole))).ShouldBeLessThan(maxDistance);
}
