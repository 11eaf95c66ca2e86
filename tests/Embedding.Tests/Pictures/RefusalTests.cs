using System.Buffers.Binary;
using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Tests.Pictures;

/// <summary>Each reason to refuse a picture has its own code and a sentence that says what to do.</summary>
public sealed class RefusalTests
{
    [Fact]
    public void Bytes_that_are_no_picture_are_refused_with_the_types_that_are_taken()
    {
        var failure = Refusal("<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), new PictureHeaderReader(false, false));
        failure.ShouldBe(new Failure(FailureCode.PictureTypeUnknown, "the bytes are no picture; send JPEG, PNG, WebP or GIF"));
    }

    [Fact]
    public void No_bytes_are_refused() => Refusal([]).Code.ShouldBe(FailureCode.PictureTypeUnknown);

    [Theory]
    [InlineData("plain.tif", "TIFF pictures are not taken here; send JPEG, PNG, WebP or GIF")]
    [InlineData("plain.avif", "AVIF pictures are not taken here; send JPEG, PNG, WebP or GIF")]
    public void Types_that_are_not_allowed_are_refused(string file, string message) =>
        Refusal(TestPictures.Bytes(file), new PictureHeaderReader(false, false))
            .ShouldBe(new Failure(FailureCode.PictureTypeUnknown, message));

    [Theory]
    [InlineData("plain.tif")]
    [InlineData("plain.avif")]
    public void The_same_types_are_taken_where_they_are_allowed(string file) =>
        new PictureHeaderReader(true, true).Read(TestPictures.Bytes(file)).Failure.ShouldBeNull();

    [Fact]
    public void More_than_fifty_megapixels_are_refused()
    {
        Refusal(PngFile.Black(10_000, 5_001, rows: 1)).ShouldBe(new Failure(
            FailureCode.PictureTooLarge, "the picture has 10000 x 5001 = 50.0 megapixels; at most 50 are taken, send it smaller"));
        TestPictures.Read(PngFile.Black(10_000, 5_000, rows: 1)).Failure.ShouldBeNull();
    }

    [Fact]
    public void A_side_over_16384_is_refused()
    {
        Refusal(PngFile.Black(16_385, 1)).ShouldBe(new Failure(
            FailureCode.PictureSideTooLong, "the picture is 16385 x 1 pixels; a side may have at most 16384, send it smaller"));
        TestPictures.Read(PngFile.Black(16_384, 1)).Failure.ShouldBeNull();
    }

    [Fact]
    public void An_interlaced_png_over_16_megapixels_is_refused()
    {
        Refusal(PngFile.Black(4_001, 4_000, interlaced: true, rows: 1)).ShouldBe(new Failure(
            FailureCode.PictureTooLargeToDecodeWhole,
            "an interlaced PNG of 4001 x 4000 = 16.0 megapixels must be decoded whole; at most 16 are taken, send it smaller or not interlaced"));
        TestPictures.Read(PngFile.Black(4_000, 4_000, interlaced: true, rows: 1)).Failure.ShouldBeNull();
    }

    [Fact]
    public void A_progressive_jpeg_over_16_megapixels_is_refused()
    {
        var failure = Refusal(JpegOfSize("progressive.jpg", 5_000, 4_000));
        failure.Code.ShouldBe(FailureCode.PictureTooLargeToDecodeWhole);
        failure.Message.ShouldBe(
            "a progressive JPEG of 5000 x 4000 = 20.0 megapixels must be decoded whole; at most 16 are taken, send it smaller or as a baseline JPEG");
    }

    [Fact]
    public void A_baseline_jpeg_of_the_same_size_is_taken() =>
        TestPictures.Read(JpegOfSize("baseline.jpg", 5_000, 4_000)).Failure.ShouldBeNull();

    [Fact]
    public void An_avif_over_16_megapixels_is_refused()
    {
        var file = TestPictures.Bytes("plain.avif");
        var size = file.AsSpan(file.AsSpan().IndexOf("ispe"u8) + 8);
        BinaryPrimitives.WriteInt32BigEndian(size, 5_000);
        BinaryPrimitives.WriteInt32BigEndian(size[4..], 4_000);
        Refusal(file).Code.ShouldBe(FailureCode.PictureTooLargeToDecodeWhole);
    }

    [Fact]
    public void A_gif_with_a_giant_canvas_is_refused()
    {
        var file = TestPictures.Bytes("plain.gif");
        // The canvas and the first frame.
        var frame = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x2C, 0, 0, 0, 0]);
        foreach (var at in (int[])[6, 8, frame + 5, frame + 7]) BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), 60_000);
        Refusal(file).Code.ShouldBe(FailureCode.PictureSideTooLong);
    }

    [Theory]
    [InlineData("baseline.jpg", 0.1)]
    [InlineData("plain.png", 0.3)]
    [InlineData("lossy.webp", 0.1)]
    [InlineData("plain.avif", 0.1)]
    public void A_file_that_is_damaged_within_is_refused_as_such(string name, double from)
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
    public void A_truncated_file_is_refused_as_such(string name, int percent)
    {
        var file = TestPictures.Bytes(name);
        var failure = TestPictures.TryDecode(file.AsSpan(0, file.Length * percent / 100)).Failure.ShouldNotBeNull();
        failure.Code.ShouldBe(FailureCode.PictureTruncated, failure.Message);
        failure.Message.ShouldContain("send the whole file");
    }

    private static Failure Refusal(byte[] file, PictureHeaderReader? reader = null) =>
        (reader?.Read(file) ?? TestPictures.Read(file)).Failure.ShouldNotBeNull();

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
