using ImageSearch.Cli.Migration;
using ImageSearch.Storage.Migration;

namespace ImageSearch.Cli.Tests.Migration;

public sealed class RowPicturesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imagesearch-pictures-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("a.jpg", null, "a.jpg")]
    [InlineData("a", null, "a.jpg")]
    [InlineData(null, "a.jpg", "a.jpg")]
    [InlineData("something", "else", "17.png")]
    public async Task A_file_is_found_by_brief_by_tags_or_by_id(string? brief, string? tags, string file)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, file), "x");

        (await FindAsync(brief, tags)).Value.Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("..")]
    [InlineData("/etc/hostname")]
    [InlineData(@"..\secret")]
    [InlineData("sub/secret")]
    public async Task No_text_leads_out_of_the_folder_or_into_another(string brief)
    {
        var inner = Directory.CreateDirectory(Path.Combine(_folder.FullName, "inner"));
        Directory.CreateDirectory(Path.Combine(inner.FullName, "sub"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "secret"), "x");
        await File.WriteAllTextAsync(Path.Combine(inner.FullName, "sub", "secret"), "x");

        (await new FolderPictures(inner).FindAsync(Row(brief, null), default)).Failure.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_link_is_not_followed()
    {
        var secret = Path.Combine(_folder.FullName, "secret");
        await File.WriteAllTextAsync(secret, "x");
        var inner = Directory.CreateDirectory(Path.Combine(_folder.FullName, "inner"));
        File.CreateSymbolicLink(Path.Combine(inner.FullName, "17.jpg"), secret);

        (await new FolderPictures(inner).FindAsync(Row(null, null), default)).Failure.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("https://shop.example/{id}.jpg", "https://shop.example/17.jpg")]
    [InlineData("https://shop.example/{tags}/{brief}.jpg", "https://shop.example/a%20b/..%2Fc.jpg")]
    [InlineData("{brief}", "../c")]
    public void A_url_is_composed_of_the_row_s_texts(string pattern, string url) =>
        UrlPictures.Url(pattern, Row("../c", "a b")).ShouldBe(url);

    [Theory]
    [InlineData("--reembed")]
    [InlineData("--picture-url", "https://shop.example/{id}.jpg")]
    public async Task Reembedding_needs_a_source_of_pictures_and_a_source_needs_reembedding(params string[] options)
    {
        var ended = await Console.RunAsync(
            ["migrate", "andsgo", "--table", "shop", "--mysql-host", "127.0.0.1", "--mysql-db", "shop", .. options]);

        ended.Code.ShouldBe(1);
        ended.Error.ShouldContain("--reembed needs");
    }

    private static PictureRow Row(string? brief, string? tags) => PictureRow.Of(new PythonRow(17, tags, brief, null));

    private Task<Result<ReadOnlyMemory<byte>>> FindAsync(string? brief, string? tags) =>
        new FolderPictures(_folder).FindAsync(Row(brief, tags), default);
}
