using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Tests.Pictures;

public sealed class JpegScansTests
{
    [Theory]
    [InlineData("baseline.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("cmyk.jpg")]
    public void A_file_of_an_encoder_passes(string file) => JpegScans.AreTooMany(TestPictures.Bytes(file)).ShouldBeFalse();

    [Fact]
    public void A_file_that_repeats_its_scans_is_refused_before_it_is_decoded() =>
        TestPictures.TryDecode(WithScans("progressive.jpg", 60)).Failure.ShouldNotBeNull().Message.ShouldContain("scans");

    [Fact]
    public void A_few_scans_more_are_no_reason_to_refuse() => JpegScans.AreTooMany(WithScans("progressive.jpg", 20)).ShouldBeFalse();

    [Fact]
    public void Scan_markers_within_a_segment_do_not_count()
    {
        byte[] notes = [.. Enumerable.Repeat<byte[]>([0xFF, 0xDA], 1000).SelectMany(pair => pair)];
        byte[] comment = [0xFF, 0xFE, (byte)((notes.Length + 2) >> 8), (byte)(notes.Length + 2), .. notes];
        var file = TestPictures.Bytes("baseline.jpg");
        JpegScans.AreTooMany([.. file[..2], .. comment, .. file[2..]]).ShouldBeFalse();
    }

    [Fact]
    public void Any_cut_of_a_file_is_walked_to_its_end()
    {
        var file = TestPictures.Bytes("progressive.jpg");
        for (var length = 0; length < Math.Min(file.Length, 2000); length++) JpegScans.AreTooMany(file.AsSpan(0, length)).ShouldBeFalse();
    }

    /// <summary>The file with its last scan, which adds to what came before, repeated.</summary>
    private static byte[] WithScans(string name, int more)
    {
        var file = TestPictures.Bytes(name);
        var last = file.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        var scan = file[last..^2];
        return [.. file[..^2], .. Enumerable.Repeat(scan, more).SelectMany(bytes => bytes), 0xFF, 0xD9];
    }
}
