using FsCheck;
using FsCheck.Fluent;
using ImageSearch.Embedding.Pictures;
using NetVips;

namespace ImageSearch.Embedding.Tests.Pictures;

/// <summary>The statistics of libvips are per process, so tests that read them must not run in parallel with others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class NotInParallel
{
    internal const string Name = "sequential";
}

/// <summary>Any bytes give a result, without a crash, a leak or disproportionate memory.</summary>
[Collection(NotInParallel.Name)]
public sealed class HostilePictureTests
{
    private static readonly string[] Files =
    [
        "baseline.jpg", "progressive.jpg", "orientation_6.jpg", "cmyk.jpg", "p3.jpg", "plain.png", "interlaced.png", "alpha.png", "palette.png",
        "rgb16.png", "lossy.webp", "animation.webp", "plain.gif", "animation.gif", "plain.tif", "plain.avif",
    ];

    [Fact]
    public void Randomly_changed_bytes_give_a_picture_or_a_known_failure()
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
    public void No_libvips_object_outlives_its_picture()
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
    public void A_chunk_that_decompresses_to_a_hundred_megabytes_is_not_kept(string chunk)
    {
        byte[] name = chunk == "iTXt" ? [.. "comment\0"u8, 1, 0, 0, 0] : [.. "comment\0"u8, 0];
        var bomb = PngFile.Black(32, 32, extra: (chunk, [.. name, .. PngFile.Compress(new byte[100_000_000])]));
        var before = Stats.MemHighwater;
        _ = TestPictures.TryDecode(bomb);
        (Stats.MemHighwater - before).ShouldBeLessThan((ulong)10_000_000);
    }

    [Fact]
    public void Garbage_in_EXIF_is_ignored()
    {
        var file = TestPictures.Bytes("orientation_1.jpg");
        var exif = file.AsSpan().IndexOf("Exif\0\0"u8);
        new Random(7).NextBytes(file.AsSpan(exif + 6, 20));
        TestPictures.TryDecode(file).Failure.ShouldBeNull();
    }

    [Fact]
    public void A_header_that_declares_missing_rows_costs_no_memory_for_them()
    {
        var file = PngFile.Black(16_000, 3_000, rows: 2);
        var before = Stats.MemHighwater;
        TestPictures.TryDecode(file).Failure.ShouldNotBeNull();
        (Stats.MemHighwater - before).ShouldBeLessThan((ulong)48_000_000);
    }
}
