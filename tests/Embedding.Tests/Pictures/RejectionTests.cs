using System.Buffers.Binary;
using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Tests.Pictures;

/// <summary>Each reason to reject a picture has its own code and a message that says what to do.</summary>
public sealed class RejectionTests
{
    [Fact]
    public void Bytes_that_are_not_a_picture_are_rejected_with_the_accepted_types()
    {
        var failure = Rejection("<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), TestPictures.NewReader(allowAll: false));
        failure.ShouldBe(new Failure(FailureCode.PictureTypeUnknown, "the bytes are not a picture; send JPEG, PNG, WebP or GIF"));
    }

    [Fact]
    public void An_empty_file_is_rejected() => Rejection([]).Code.ShouldBe(FailureCode.PictureTypeUnknown);

    [Theory]
    [InlineData("plain.tif", "TIFF pictures are not accepted here; send JPEG, PNG, WebP or GIF")]
    [InlineData("plain.avif", "AVIF pictures are not accepted here; send JPEG, PNG, WebP or GIF")]
    public void Types_that_are_not_allowed_are_rejected(string file, string message) =>
        Rejection(TestPictures.Bytes(file), TestPictures.NewReader(allowAll: false))
            .ShouldBe(new Failure(FailureCode.PictureTypeUnknown, message));

    [Theory]
    [InlineData("plain.tif")]
    [InlineData("plain.avif")]
    public void The_same_types_are_accepted_if_they_are_allowed(string file) =>
        TestPictures.Read(TestPictures.Bytes(file)).Failure.ShouldBeNull();

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70, 0x68, 0x65, 0x69, 0x63, 0, 0, 0, 0, 0x6D, 0x69, 0x66, 0x31 }, "HEIC")]
    [InlineData(new byte[] { 0, 0, 1, 0, 1, 0 }, "icons")]
    [InlineData(new byte[] { 0, 0, 0, 12, 0x6A, 0x50, 0x20, 0x20, 13, 10 }, "JPEG 2000")]
    [InlineData(new byte[] { 0xFF, 0x0A, 0, 0 }, "JPEG XL")]
    public void A_known_type_that_is_not_accepted_is_named(byte[] start, string name) =>
        Rejection([.. start, .. new byte[32]]).Message.ShouldStartWith(name);

    [Fact]
    public void A_BMP_is_named_with_advice() =>
        Rejection([.. "BM"u8, .. new byte[60]]).ShouldBe(new Failure(
            FailureCode.PictureTypeUnknown, "BMP pictures are not accepted: save them as PNG; send JPEG, PNG, WebP, GIF, TIFF or AVIF"));

    [Fact]
    public void More_megapixels_than_allowed_are_rejected()
    {
        Rejection(PngFile.Black(10_000, 6_401, rows: 1)).ShouldBe(new Failure(
            FailureCode.PictureTooLarge,
            "the picture has 10000 x 6401 = 64.0 megapixels; at most 64 are accepted, send it smaller or raise MAX_MEGAPIXELS"));
        TestPictures.Read(PngFile.Black(10_000, 6_400, rows: 1)).Failure.ShouldBeNull();
    }

    [Fact]
    public void The_limit_of_megapixels_is_an_option()
    {
        var file = PngFile.Black(10_000, 6_401, rows: 1);
        TestPictures.Read(file, TestPictures.NewReader(maxMegapixels: 65)).Failure.ShouldBeNull();
        TestPictures.Read(file, TestPictures.NewReader(maxMegapixels: 1)).Failure!.Message.ShouldContain("at most 1 are accepted");
    }

    [Theory]
    [InlineData(8_160, 6_144)] // a 50 megapixel phone camera
    [InlineData(1_080, 20_000)] // a long screenshot
    [InlineData(30_000, 2_000)] // a panorama
    [InlineData(1, 65_535)]
    public void Large_and_long_pictures_are_accepted(int width, int height) =>
        TestPictures.Read(PngFile.Black(width, height, rows: 1)).Failure.ShouldBeNull();

    [Fact]
    public void A_side_over_65535_is_rejected()
    {
        Rejection(PngFile.Black(65_536, 1)).ShouldBe(new Failure(
            FailureCode.PictureSideTooLong, "the picture is 65536 x 1 pixels; a side may have at most 65535, send it smaller"));
        TestPictures.Decode(PngFile.Black(65_535, 1)).ShouldNotBeEmpty();
    }

    [Fact]
    public void An_interlaced_PNG_is_accepted_within_the_decode_memory()
    {
        var file = PngFile.Black(5_000, 5_000, interlaced: true, rows: 1);
        Rejection(file, TestPictures.NewReader(memoryMegabytes: 64)).ShouldBe(new Failure(
            FailureCode.PictureTooLargeToDecodeWhole,
            "an interlaced PNG of 5000 x 5000 = 25.0 megapixels needs 82 MB to decode; at most 64 are allowed, "
            + "send it smaller, not interlaced or raise DECODE_MEMORY_MB"));
        TestPictures.Read(file).Failure.ShouldBeNull();
    }

    [Fact]
    public void A_progressive_JPEG_is_accepted_within_the_decode_memory()
    {
        var file = JpegOfSize("progressive.jpg", 8_160, 6_144);
        TestPictures.Read(file).Failure.ShouldBeNull();
        Rejection(file, TestPictures.NewReader(memoryMegabytes: 64)).Message.ShouldStartWith(
            "a progressive JPEG of 8160 x 6144 = 50.1 megapixels needs 304 MB to decode; at most 64 are allowed");
    }

    [Fact]
    public void A_baseline_JPEG_of_the_same_size_needs_less_memory() =>
        TestPictures.Read(JpegOfSize("baseline.jpg", 8_160, 6_144), TestPictures.NewReader(memoryMegabytes: 64)).Failure.ShouldBeNull();

    [Fact]
    public void An_AVIF_over_the_decode_memory_is_rejected()
    {
        var file = TestPictures.Bytes("plain.avif");
        var size = file.AsSpan(file.AsSpan().IndexOf("ispe"u8) + 8);
        BinaryPrimitives.WriteInt32BigEndian(size, 8_000);
        BinaryPrimitives.WriteInt32BigEndian(size[4..], 5_000);
        Rejection(file).Code.ShouldBe(FailureCode.PictureTooLargeToDecodeWhole);
    }

    [Fact]
    public void A_GIF_with_a_giant_canvas_is_rejected()
    {
        var file = TestPictures.Bytes("plain.gif");
        // The canvas and the first frame.
        var frame = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x2C, 0, 0, 0, 0]);
        foreach (var at in (int[])[6, 8, frame + 5, frame + 7]) BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), 60_000);
        Rejection(file).Code.ShouldBe(FailureCode.PictureTooLarge);
    }

    [Theory]
    [InlineData("baseline.jpg", 0.1)]
    [InlineData("plain.png", 0.3)]
    [InlineData("lossy.webp", 0.1)]
    [InlineData("plain.avif", 0.1)]
    public void A_damaged_file_is_rejected_as_damaged(string name, double from)
    {
        var file = TestPictures.Bytes(name);
        file.AsSpan((int)(file.Length * from), file.Length / 5).Fill(0xFF);
        TestPictures.TryDecode(file).Failure!.Code.ShouldBe(FailureCode.PictureCorrupt);
    }

    /// <summary>Every type, at every tenth of its length.</summary>
    public static TheoryData<string, int> Cuts()
    {
        var cuts = new TheoryData<string, int>();
        foreach (var file in (string[])["baseline.jpg", "progressive.jpg", "plain.png", "interlaced.png", "lossy.webp", "plain.gif", "plain.avif"])
        {
            for (var percent = 10; percent < 100; percent += 10) cuts.Add(file, percent);
        }

        return cuts;
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public void A_truncated_file_is_rejected_as_truncated(string name, int percent)
    {
        var file = TestPictures.Bytes(name);
        var failure = TestPictures.TryDecode(file.AsSpan(0, file.Length * percent / 100)).Failure.ShouldNotBeNull();
        failure.Code.ShouldBe(FailureCode.PictureTruncated, failure.Message);
        failure.Message.ShouldContain("send the whole file");
    }

    private static Failure Rejection(byte[] file, PictureHeaderReader? reader = null) => TestPictures.Read(file, reader).Failure.ShouldNotBeNull();

    // The frame header has height and width after its length and precision: baseline FFC0, progressive FFC2.
    private static byte[] JpegOfSize(string name, ushort width, ushort height)
    {
        var file = TestPictures.Bytes(name);
        var frame = Math.Max(file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0, 0]), file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC2, 0]));
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 5), height);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 7), width);
        return file;
    }
}
