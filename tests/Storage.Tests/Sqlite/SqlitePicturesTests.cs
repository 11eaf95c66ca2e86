using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Tests.Catalog;
using ImageSearch.Storage.Tests.Sqlite.ChildProcess;

namespace ImageSearch.Storage.Tests.Sqlite;

public sealed class SqlitePicturesTests : PictureCatalogCompliance, IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Kill_9_leaves_every_row_with_its_picture_and_every_picture_with_its_row()
    {
        await DisposeAsync();
        using var child = Child.Start("pictures", _folder.Path);
        (await child.Output.ReadLineAsync()).ShouldBe(Program.OpenLine);
        for (var i = 0; i < 200; i++) (await child.Output.ReadLineAsync()).ShouldNotBeNull();

        await child.KillAsync();

        await using (await _folder.OpenAsync())
        {
            _folder.Number("SELECT count(*) FROM imagesearch_rows").ShouldBeGreaterThanOrEqualTo(200);
            _folder.Number("SELECT count(*) FROM imagesearch_rows").ShouldBe(_folder.Number("SELECT count(*) FROM imagesearch_pictures"));
            _folder.Number(
                """
                SELECT count(*) FROM imagesearch_rows r LEFT JOIN imagesearch_pictures p
                ON p.generation = r.generation AND p.id = r.id AND p.version = r.version AND CAST(p.bytes AS TEXT) = r.tags WHERE p.id IS NULL
                """).ShouldBe(0);
        }
    }

    [Fact]
    public async Task A_folder_of_an_older_version_gets_the_table_when_it_is_opened()
    {
        await DisposeAsync();
        _folder.Execute("DROP TABLE imagesearch_pictures");

        await InitializeAsync();

        _folder.Number("SELECT count(*) FROM imagesearch_pictures").ShouldBe(0);
    }

    protected override async Task<ICatalog> OpenAsync() => await _folder.OpenAsync();

    protected override Task<long> CountAsync() => Task.FromResult(_folder.Number("SELECT count(*) FROM imagesearch_pictures"));
}
