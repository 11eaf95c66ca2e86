using ImageSearch.Embedding.Pictures.Structure;

namespace ImageSearch.Embedding.Tests.Pictures;

public sealed class JpegStructureTests
{
    private static readonly byte[] EmptyApplication = [0xFF, 0xE1, 0, 2];
    private static readonly byte[] EmptyComment = [0xFF, 0xFE, 0, 2];

    [Theory]
    [InlineData("baseline.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("cmyk.jpg")]
    [InlineData("p3.jpg")]
    [InlineData("orientation_6.jpg")]
    public void A_file_of_an_encoder_is_not_copied(string file) => Copy(TestPictures.Bytes(file)).ShouldBeNull();

    [Fact]
    public void A_file_that_repeats_its_scans_is_rejected_before_it_is_decoded() =>
        TestPictures.TryDecode(WithScans("progressive.jpg", 60)).Failure.ShouldNotBeNull().Message.ShouldContain("scans");

    [Fact]
    public void A_few_extra_scans_are_accepted() =>
        JpegStructure.Reduce(WithScans("progressive.jpg", 20), int.MaxValue, out _).ShouldBeNull();

    [Fact]
    public void Scan_markers_within_a_segment_are_not_counted()
    {
        byte[] notes = [.. Enumerable.Repeat<byte[]>([0xFF, 0xDA], 1000).SelectMany(pair => pair)];
        byte[] comment = [0xFF, 0xFE, (byte)((notes.Length + 2) >> 8), (byte)(notes.Length + 2), .. notes];
        var file = TestPictures.Bytes("baseline.jpg");
        JpegStructure.Reduce([.. file[..2], .. comment, .. file[2..]], int.MaxValue, out _).ShouldBeNull();
    }

    [Theory]
    [InlineData("orientation_6.jpg")]
    [InlineData("p3.jpg")]
    [InlineData("cmyk.jpg")]
    public void A_file_full_of_segments_decodes_as_without_them(string name)
    {
        var file = TestPictures.Bytes(name);
        byte[] full = [.. file[..2], .. Repeat(EmptyApplication, 100_000), .. Repeat(EmptyComment, 100_000), .. file[2..]];

        Copy(full).ShouldNotBeNull().Length.ShouldBeLessThanOrEqualTo(file.Length);
        TestPictures.Decode(full).ShouldBe(TestPictures.Decode(file));
    }

    [Fact]
    public void Segments_between_scans_are_dropped_too()
    {
        var file = TestPictures.Bytes("progressive.jpg");
        var last = file.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        byte[] full = [.. file[..last], .. Repeat(EmptyComment, 100_000), .. file[last..]];

        Copy(full).ShouldNotBeNull().Length.ShouldBeLessThanOrEqualTo(file.Length);
        TestPictures.Decode(full).ShouldBe(TestPictures.Decode(file));
    }

    [Fact]
    public void A_file_full_of_tables_is_rejected()
    {
        var file = TestPictures.Bytes("baseline.jpg");
        byte[] restart = [0xFF, 0xDD, 0, 4, 0, 0];
        TestPictures.TryDecode([.. file[..2], .. Repeat(restart, 2000), .. file[2..]]).Failure.ShouldNotBeNull().Message.ShouldContain("segments");
    }

    [Fact]
    public void Arithmetic_coding_is_limited_to_one_scan()
    {
        var file = WithScans("progressive.jpg", 1);
        file[file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC2, 0]) + 1] = 0xCA;
        TestPictures.TryDecode(file).Failure.ShouldNotBeNull().Message.ShouldContain("scans");
    }

    [Fact]
    public void A_file_truncated_anywhere_is_walked_to_its_end()
    {
        var file = TestPictures.Bytes("progressive.jpg");
        for (var length = 0; length < Math.Min(file.Length, 2000); length++) JpegStructure.Reduce(file.AsSpan(0, length), int.MaxValue, out _).ShouldBeNull();
    }

    private static byte[]? Copy(byte[] file)
    {
        JpegStructure.Reduce(file, int.MaxValue, out var copy).ShouldBeNull();
        using var disposed = (IDisposable?)copy;
        return copy?.Content.ToArray();
    }

    private static byte[] Repeat(byte[] bytes, int times) => [.. Enumerable.Repeat(bytes, times).SelectMany(each => each)];

    /// <summary>The file with its last scan repeated.</summary>
    private static byte[] WithScans(string name, int more)
    {
        var file = TestPictures.Bytes(name);
        var last = file.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        var scan = file[last..^2];
        return [.. file[..^2], .. Enumerable.Repeat(scan, more).SelectMany(bytes => bytes), 0xFF, 0xD9];
    }
}
