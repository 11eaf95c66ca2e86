using System.Buffers.Binary;
using ImageSearch.Embedding.Pictures;
using ImageSearch.Embedding.Pictures.Structure;

namespace ImageSearch.Embedding.Tests.Pictures;

/// <summary>A file with many frames, texts or chunks is reduced to its first picture, which decodes unchanged.</summary>
public sealed class FirstPictureTests
{
    [Theory]
    [InlineData("animation.gif")]
    [InlineData("animation.webp")]
    public void Frames_after_the_first_are_dropped(string name)
    {
        var file = TestPictures.Bytes(name);
        Copy(file).ShouldNotBeNull().Length.ShouldBeLessThan(file.Length);
    }

    [Theory]
    [InlineData("plain.gif")]
    [InlineData("lossy.webp")]
    [InlineData("plain.png")]
    [InlineData("interlaced.png")]
    public void A_file_with_one_picture_is_not_copied(string name) => Copy(TestPictures.Bytes(name)).ShouldBeNull();

    [Fact]
    public void A_WebP_of_a_hundred_thousand_frames_decodes_to_the_first()
    {
        var file = TestPictures.Bytes("animation.webp");
        var frame = file.AsSpan().IndexOf("ANMF"u8);
        var length = 8 + BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(frame + 4));
        byte[] tiny = [.. "ANMF"u8, 16, 0, 0, 0, .. new byte[16]];
        byte[] full = [.. file[..(frame + length + (length & 1))], .. Repeat(tiny, 100_000)];
        BinaryPrimitives.WriteInt32LittleEndian(full.AsSpan(4), full.Length - 8);

        Copy(full).ShouldNotBeNull().Length.ShouldBeLessThan(file.Length);
        TestPictures.Decode(full).ShouldBe(TestPictures.Decode(file));
    }

    [Fact]
    public void Extra_chunks_within_a_frame_of_a_WebP_are_dropped_too()
    {
        var file = TestPictures.Bytes("animation.webp");
        var frame = file.AsSpan().IndexOf("ANMF"u8);
        var length = 8 + BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(frame + 4));
        var junk = Repeat([.. "junk"u8, 0, 0, 0, 0], 50_000);
        byte[] full = [.. file[..(frame + length)], .. junk, .. file[(frame + length)..]];
        BinaryPrimitives.WriteInt32LittleEndian(full.AsSpan(frame + 4), length - 8 + junk.Length);
        BinaryPrimitives.WriteInt32LittleEndian(full.AsSpan(4), full.Length - 8);

        Copy(full).ShouldNotBeNull().Length.ShouldBeLessThan(file.Length);
        TestPictures.Decode(full).ShouldBe(TestPictures.Decode(file));
    }

    [Fact]
    public void A_WebP_with_a_run_of_zeros_in_its_picture_is_rejected()
    {
        var file = TestPictures.Bytes("lossy.webp");
        file.AsSpan(file.Length / 2, 200).Clear();
        TestPictures.TryDecode(file).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.PictureCorrupt);
    }

    [Fact]
    public void A_GIF_of_many_frames_and_comments_decodes_to_its_first_picture()
    {
        var file = TestPictures.Bytes("plain.gif");
        var image = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x2C, 0, 0, 0, 0]);
        byte[] comment = [0x21, 0xFE, 0];
        byte[] frame = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
        byte[] full = [.. file[..image], .. Repeat(comment, 100_000), .. file[image..^1], .. Repeat(frame, 100_000), 0x3B];

        Copy(full).ShouldNotBeNull().Length.ShouldBeLessThanOrEqualTo(file.Length);
        TestPictures.Decode(full).ShouldBe(TestPictures.Decode(file));
    }

    [Theory]
    [InlineData("zTXt", 60)]
    [InlineData("tEXt", 100_000)]
    [InlineData("IDAT", 100_000)]
    [InlineData("iCCP", 10)]
    public void A_PNG_full_of_chunks_decodes_as_without_them(string chunk, int count)
    {
        var file = PngFile.Black(32, 32);
        byte[] content = chunk switch
        {
            "zTXt" => [.. "a\0\0"u8, .. PngFile.Compress(new byte[1_000_000])],
            "iCCP" => [.. "a\0\0"u8, .. PngFile.Compress(new byte[200])],
            "tEXt" => [.. "a\0b"u8],
            _ => [],
        };
        byte[] full = [.. file[..33], .. Repeat(PngFile.Chunk(chunk, content), count), .. file[33..]];

        Copy(full).ShouldNotBeNull().Length.ShouldBeLessThan(file.Length + 300);
        TestPictures.Decode(full).ShouldBe(TestPictures.Decode(file));
    }

    [Fact]
    public void A_TIFF_with_endless_pages_is_rejected()
    {
        // A directory without entries that links to itself as the next one.
        byte[] circle = [.. "II*\0"u8, 8, 0, 0, 0, 0, 0, 8, 0, 0, 0];
        TestPictures.Read(circle).Failure.ShouldNotBeNull().Message.ShouldContain("pages");
    }

    [Fact]
    public void An_AVIF_with_many_boxes_is_rejected()
    {
        var file = TestPictures.Bytes("plain.avif");
        byte[] full = [.. file, .. Repeat([0, 0, 0, 8, .. "free"u8], 1000)];
        TestPictures.Read(full).Failure.ShouldNotBeNull().Message.ShouldContain("boxes");
    }

    [Theory]
    [InlineData("animation.webp")]
    [InlineData("animation.gif")]
    [InlineData("plain.png")]
    [InlineData("plain.avif")]
    [InlineData("plain.tif")]
    public void A_file_truncated_anywhere_is_walked_to_its_end(string name)
    {
        var file = TestPictures.Bytes(name);
        for (var length = 16; length < Math.Min(file.Length, 3000); length++) Copy(file[..length]);
    }

    private static byte[]? Copy(byte[] file)
    {
        _ = EssentialFile.Of(PictureSignature.Find(file).ShouldNotBeNull(), file, int.MaxValue, out var copy);
        using var disposed = (IDisposable?)copy;
        return copy?.Content.ToArray();
    }

    private static byte[] Repeat(byte[] bytes, int times) => [.. Enumerable.Repeat(bytes, times).SelectMany(each => each)];
}
