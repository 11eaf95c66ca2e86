using ImageSearch.Embedding.Pictures;
using NetVips;

namespace ImageSearch.Embedding.Tests.Pictures;

/// <summary>libvips reads a file's bytes in place, and its error buffer does not grow.</summary>
[Collection(NotInParallel.Name)]
public sealed class PinnedBytesTests
{
    private const int Before = 1000;

    [Fact]
    public void A_file_within_a_larger_array_decodes_unchanged()
    {
        var file = TestPictures.Bytes("baseline.jpg");
        byte[] larger = [.. new byte[Before], .. file, .. new byte[Before]];
        TestPictures.Decode(larger.AsSpan(Before, file.Length)).ShouldBe(TestPictures.Decode(file));
    }

    [Fact]
    public void Decoding_allocates_nothing_of_the_size_of_the_file_or_the_picture()
    {
        var file = PngFile.Black(4_000, 3_000);
        var header = TestPictures.Header(file);
        var decoder = new PictureDecoder(TestPictures.Input);
        var pixels = new byte[decoder.PixelBytes];
        decoder.Decode(file, header, box: null, pixels).ShouldBeNull();
        var before = GC.GetAllocatedBytesForCurrentThread();
        decoder.Decode(file, header, box: null, pixels).ShouldBeNull();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(400_000);
    }

    [Theory]
    [InlineData("plain.png")]
    [InlineData("plain.tif")]
    [InlineData("plain.avif")]
    public void The_error_buffer_is_empty_after_a_picture(string name)
    {
        var file = TestPictures.Bytes(name);
        TestPictures.TryDecode(file).Failure.ShouldBeNull();
        _ = TestPictures.TryDecode(file.AsSpan(0, file.Length / 2));
        // A new exception contains the error buffer of libvips.
        new VipsException("nothing").Message.Trim().ShouldBe("nothing");
    }
}
