using ImageSearch.Cli.Migration;
using ImageSearch.Storage.Milvus.Migration;

namespace ImageSearch.Cli.Tests.Migration;

public sealed class PathPicturesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imagesearch-pictures-");
    private readonly DirectoryInfo _images;

    public PathPicturesTests()
    {
        _images = _folder.CreateSubdirectory("images");
        File.WriteAllText(Path.Combine(_images.CreateSubdirectory("fruit").FullName, "1.jpg"), "x");
        File.WriteAllText(Path.Combine(_folder.FullName, "secret.jpg"), "x");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("fruit/1.jpg", null)]
    [InlineData("/fruit/1.jpg", null)]
    [InlineData(@"fruit\1.jpg", null)]
    [InlineData("/app/pictures/fruit/1.jpg", "/app/pictures")]
    [InlineData(@"D:\pictures\fruit\1.jpg", @"D:\pictures\")]
    public async Task A_path_is_resolved_below_the_folder(string path, string? storedRoot) =>
        (await FindAsync(path, storedRoot)).Value.Length.ShouldBe(1);

    [Fact]
    public async Task An_absolute_path_below_the_folder_is_accepted() =>
        (await FindAsync(Path.Combine(_images.FullName, "fruit", "1.jpg"), null)).Value.Length.ShouldBe(1);

    [Theory]
    [InlineData("../secret.jpg", null)]
    [InlineData("fruit/../../secret.jpg", null)]
    [InlineData("/app/pictures/../secret.jpg", "/app/pictures")]
    [InlineData("/app/pictures2/fruit/1.jpg", "/app/pictures")]
    [InlineData("/etc/hostname", null)]
    [InlineData("fruit", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("link.jpg", null)]
    public async Task No_path_leads_out_of_the_folder(string? path, string? storedRoot)
    {
        File.CreateSymbolicLink(Path.Combine(_images.FullName, "link.jpg"), Path.Combine(_folder.FullName, "secret.jpg"));

        (await FindAsync(path, storedRoot)).Failure.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("https://shop.example/{path}", "/a b/1.jpg", "https://shop.example/a%20b/1.jpg")]
    [InlineData("https://shop.example/{path}", "../secret", "https://shop.example/..%2Fsecret")]
    [InlineData("https://shop.example/{key}/{id}", "", "https://shop.example/k%2F1/17")]
    [InlineData("{path}", "https://other.example/1.jpg", "https://other.example/1.jpg")]
    public void A_url_is_composed_of_path_key_and_id(string pattern, string path, string url) => UrlPictures.Url(pattern, Row(path)).ShouldBe(url);

    private static PictureRow Row(string? path) => PictureRow.Of(new CollectionRow(17, "k/1", path, default));

    private Task<Result<ReadOnlyMemory<byte>>> FindAsync(string? path, string? storedRoot) =>
        new PathPictures(_images, storedRoot).FindAsync(Row(path), default);
}
