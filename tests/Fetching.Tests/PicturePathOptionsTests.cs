using ImageSearch.Fetching.Paths;
using ImageSearch.Memory;

namespace ImageSearch.Fetching.Tests;

public sealed class PicturePathOptionsTests
{
    [Theory]
    [InlineData(null, new string[0])]
    [InlineData("", new string[0])]
    [InlineData("/data/img", new[] { "/data/img" })]
    [InlineData("/data/img:/mnt/a b, /srv/x/ ,", new[] { "/data/img", "/mnt/a b", "/srv/x/" })]
    public void Roots_are_split_at_the_platforms_separator_and_at_commas(string? setting, string[] roots) =>
        PicturePathOptions.SplitRoots(setting).ShouldBe(roots);

    [Theory]
    [InlineData("img", "IMAGE_ROOTS: 'img' must be an absolute path without '..'")]
    [InlineData("/data/../etc", "IMAGE_ROOTS: '/data/../etc' must be an absolute path without '..'")]
    [InlineData("/", "IMAGE_ROOTS: '/' is the whole disk; name the folders that hold pictures")]
    [InlineData("/./", "IMAGE_ROOTS: '/./' is the whole disk; name the folders that hold pictures")]
    public void A_wrong_root_is_reported(string root, string problem) =>
        new PicturePathOptions { Roots = ["/data/img", root] }.Problems().ShouldBe([problem]);

    [Fact]
    public void A_limit_out_of_bounds_is_reported() =>
        new PicturePathOptions { MaxBytes = 0 }.Problems().ShouldBe(["PicturePath: MaxBytes is 0, must be 1..1073741824"]);

    [Fact]
    public async Task Files_below_a_root_with_a_trailing_separator_are_read()
    {
        var root = Directory.CreateTempSubdirectory("picture-root-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(root.FullName, "a.jpg"), "a");
            var files = PictureFileReader.Create(new PicturePathOptions { Roots = [root.FullName + "//"] }, new ByteBudget(64));

            (await files.ReadAsync(Path.Combine(root.FullName, "a.jpg"), CancellationToken.None)).Value!.Content.Length.ShouldBe(1);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }
}
