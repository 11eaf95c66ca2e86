using ImageSearch.Fetching.Http;

namespace ImageSearch.Fetching.Tests;

public sealed class PictureFetchOptionsTests
{
    [Fact]
    public void The_defaults_are_the_documented_limits()
    {
        var options = new PictureFetchOptions();

        options.Problems().ShouldBeEmpty();
        (options.MaxBytes, options.TimeLimit, options.RedirectLimit).ShouldBe((20 * 1024 * 1024, TimeSpan.FromSeconds(10), 5));
    }

    [Theory]
    [InlineData("", null, "FETCH_USER_AGENT")]
    [InlineData("a\r\nHost: b", null, "FETCH_USER_AGENT")]
    [InlineData("a\u001b[2J", null, "FETCH_USER_AGENT")]
    [InlineData("\u89c8", null, "FETCH_USER_AGENT")]
    [InlineData("a", "https://shop.example/\r\nX: y", "FETCH_REFERER")]
    [InlineData("a", "shop.example", "FETCH_REFERER")]
    [InlineData("a", "ftp://shop.example/", "FETCH_REFERER")]
    [InlineData("a", "https://user:secret@shop.example/", "FETCH_REFERER")]
    [InlineData("a", "https://shop.example/\u89c8", "FETCH_REFERER")]
    public void A_wrong_header_is_reported_by_its_setting_without_its_value(string userAgent, string? referer, string setting)
    {
        var problem = new PictureFetchOptions { Headers = new FetchHeaders(userAgent, referer) }.Problems().ShouldHaveSingleItem();

        problem.ShouldStartWith(setting);
        problem.ShouldNotContain("secret");
        problem.Any(char.IsControl).ShouldBeFalse();
    }

    [Fact]
    public void Each_value_out_of_its_bounds_is_reported_with_them()
    {
        var options = new PictureFetchOptions
        {
            MaxBytes = 0,
            TimeLimit = TimeSpan.FromMinutes(6),
            DialLimit = TimeSpan.Zero,
            RedirectLimit = -1,
            MaxConcurrent = 1025,
            MaxHeaderKilobytes = 0,
        };

        options.Problems().ShouldBe(
        [
            "PictureFetch: MaxBytes is 0, must be 1..1073741824",
            "PictureFetch: TimeLimit is 360000, must be 1..300000",
            "PictureFetch: DialLimit is 0, must be 1..300000",
            "PictureFetch: RedirectLimit is -1, must be 0..20",
            "PictureFetch: MaxConcurrent is 1025, must be 1..1024",
            "PictureFetch: MaxHeaderKilobytes is 0, must be 1..256",
        ]);
    }
}
