using ImageSearch.Fetching;

namespace ImageSearch.Api.Tests.Fetching;

public sealed class PictureFetchOptionsTests
{
    [Fact]
    public void The_defaults_are_the_documented_limits()
    {
        var options = new PictureFetchOptions();

        options.Problems().ShouldBeEmpty();
        (options.MaxBytes, options.TimeLimit, options.MaxRedirects).ShouldBe((20 * 1024 * 1024, TimeSpan.FromSeconds(10), 3));
    }

    [Fact]
    public void Each_value_out_of_its_range_is_named_with_its_bounds()
    {
        var options = new PictureFetchOptions
        {
            MaxBytes = 0,
            TimeLimit = TimeSpan.FromMinutes(6),
            DialLimit = TimeSpan.Zero,
            MaxRedirects = -1,
            MaxConcurrent = 1025,
            MaxHeaderKilobytes = 0,
        };

        options.Problems().ShouldBe(
        [
            "PictureFetch: MaxBytes is 0 but must lie in 1..1073741824",
            "PictureFetch: TimeLimit is 360000 but must lie in 1..300000",
            "PictureFetch: DialLimit is 0 but must lie in 1..300000",
            "PictureFetch: MaxRedirects is -1 but must lie in 0..20",
            "PictureFetch: MaxConcurrent is 1025 but must lie in 1..1024",
            "PictureFetch: MaxHeaderKilobytes is 0 but must lie in 1..256",
        ]);
    }
}
