using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Tests.Languages;

/// <summary>Sizes as people read them.</summary>
public sealed class ByteSizeTests
{
    [Theory]
    [InlineData(0L, "0 B")]
    [InlineData(1023L, "1023 B")]
    [InlineData(1536L, "1.5 KB")]
    [InlineData(250L << 20, "250 MB")]
    [InlineData(3L << 40, "3 TB")]
    [InlineData(5000L << 40, "5000 TB")]
    [InlineData(null, "")]
    public void A_size_has_the_unit_that_fits(long? bytes, string text) => ByteSize.Of(bytes).ShouldBe(text);
}
