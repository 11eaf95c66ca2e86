using FsCheck;
using FsCheck.Fluent;
using ImageSearch.Embedding.Pictures;
using NetVips;

namespace ImageSearch.Embedding.Tests.Pictures;

/// <summary>libvips counts for the whole process, so nothing else may run beside tests that read its counts.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneInTheProcess
{
    internal const string Name = "alone in the process";
}

/// <summary>Whatever the bytes are: an answer, no crash, no leak, no memory out of proportion.</summary>
[Collection(AloneInTheProcess.Name)]
public sealed class HostilePictureTests
{
    private static readonly string[] Files =
    [
        "baseline.jpg", "progressive.jpg", "orientation_6.jpg", "cmyk.jpg", "p3.jpg", "plain.png", "interlaced.png", "alpha.png", "palette.png",
        "rgb16.png", "lossy.webp", "animation.webp", "plain.gif", "animation.gif", "plain.tif", "plain.avif",
    ];

    [Fact]
    public void Random_changes_of_bytes_get_a_picture_or_a_refusal()
    {
        var mutation =
            from file in Gen.Elements(Files)
            from places in Gen.Choose(0, 10_000).Two().ArrayOf(6)
            select (File: file, Places: places);
        Prop.ForAll(Arb.From(mutation), m =>
        {
            var bytes = TestPictures.Bytes(m.File);
            foreach (var (place, value) in m.Places) bytes[place % bytes.Length] = (byte)value;
            var result = TestPictures.TryDecode(bytes);
            return result.Failure is null
                || result.Failure.Code is FailureCode.PictureCorrupt
                    or FailureCode.PictureTruncated
                    or FailureCode.PictureTypeUnknown
                    or FailureCode.PictureTooLarge
                    or FailureCode.PictureSideTooLong
                    or FailureCode.PictureTooLargeToDecodeWhole;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public void Nothing_of_libvips_outlives_a_picture_taken_or_refused()
    {
        Rounds();
        var before = Stats.Allocations;
        Rounds();
        Rounds();
        Stats.Allocations.ShouldBeLessThanOrEqualTo(before);

        static void Rounds()
        {
            foreach (var file in Files)
            {
                var bytes = TestPictures.Bytes(file);
                _ = TestPictures.TryDecode(bytes);
                _ = TestPictures.TryDecode(bytes.AsSpan(0, bytes.Length * 2 / 3));
                _ = TestPictures.TryDecode(bytes, box: new PixelBox(1, 1, 20, 20));
            }
        }
    }

    [Theory]
    [InlineData("zTXt")]
    [InlineData("iCCP")]
    [InlineData("iTXt")]
    public void A_chunk_that_unpacks_to_a_hundred_megabytes_is_not_kept(string chunk)
    {
        byte[] name = chunk == "iTXt" ? [.. "comment\0"u8, 1, 0, 0, 0] : [.. "comment\0"u8, 0];
        var bomb = PngFile.Black(32, 32, extra: (chunk, [.. name, .. PngFile.Compress(new byte[100_000_000])]));
        var before = Stats.MemHighwater;
        _ = TestPictures.TryDecode(bomb);
        (Stats.MemHighwater - before).ShouldBeLessThan((ulong)10_000_000);
    }

    [Fact]
    public void Garbage_in_exif_is_passed_over()
    {
        var file = TestPictures.Bytes("orientation_1.jpg");
        var exif = file.AsSpan().IndexOf("Exif\0\0"u8);
        new Random(7).NextBytes(file.AsSpan(exif + 6, 20));
        TestPictures.TryDecode(file).Failure.ShouldBeNull();
    }

    [Fact]
    public void A_header_that_promises_more_rows_than_there_are_costs_no_memory_for_them()
    {
        var file = PngFile.Black(16_000, 3_000, rows: 2);
        var before = Stats.MemHighwater;
        TestPictures.TryDecode(file).Failure.ShouldNotBeNull();
        (Stats.MemHighwater - before).ShouldBeLessThan((ulong)48_000_000);
    }
}
