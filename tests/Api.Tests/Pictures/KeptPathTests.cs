using ImageSearch.Api.Pictures;

namespace ImageSearch.Api.Tests.Pictures;

public sealed class KeptPathTests
{
    private const string Address = "https://shop.example/shoe.jpg";

    [Fact]
    public void What_fits_is_kept_whole()
    {
        var fits = $"{Address}?{new string('a', 1000 - Address.Length - 1)}";
        KeptPath.Of(fits).ShouldBe(fits);
        KeptPath.Of(string.Concat(Enumerable.Repeat("𠮷", 1000))).Length.ShouldBe(2000); // Characters, as the column counts them.
    }

    [Theory]
    [InlineData("?X-Amz-Signature=")]
    [InlineData("#")]
    [InlineData("#?")]
    public void A_longer_URL_is_kept_without_its_query(string sign) => KeptPath.Of(Address + sign + new string('a', 1000)).ShouldBe(Address);

    [Fact]
    public void What_is_too_long_even_so_is_not_kept()
    {
        KeptPath.Of($"{Address}/{new string('a', 1000)}?b").ShouldBe("");
        KeptPath.Of($"/{new string('a', 1000)}").ShouldBe("");
    }
}
