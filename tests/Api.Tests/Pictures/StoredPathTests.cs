using ImageSearch.Api.Pictures;

namespace ImageSearch.Api.Tests.Pictures;

public sealed class StoredPathTests
{
    private const string Address = "https://shop.example/shoe.jpg";

    [Fact]
    public void A_path_that_fits_is_stored_unchanged()
    {
        var fits = $"{Address}?{new string('a', 1000 - Address.Length - 1)}";
        StoredPath.Of(fits).ShouldBe(fits);
        StoredPath.Of(string.Concat(Enumerable.Repeat("𠮷", 1000))).Length.ShouldBe(2000); // Characters, as the column counts them.
    }

    [Theory]
    [InlineData("?X-Amz-Signature=")]
    [InlineData("#")]
    [InlineData("#?")]
    public void A_longer_URL_is_stored_without_its_query(string sign) => StoredPath.Of(Address + sign + new string('a', 1000)).ShouldBe(Address);

    [Fact]
    public void A_path_that_is_still_too_long_is_not_stored()
    {
        StoredPath.Of($"{Address}/{new string('a', 1000)}?b").ShouldBe("");
        StoredPath.Of($"/{new string('a', 1000)}").ShouldBe("");
    }
}
