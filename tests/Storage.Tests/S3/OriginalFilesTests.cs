using System.Text;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Originals;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Tests.Catalog;
using ImageSearch.Storage.Tests.Sqlite;
using static ImageSearch.Storage.Tests.S3.ObjectRows;

namespace ImageSearch.Storage.Tests.S3;

/// <summary>The order of objects and rows, over objects in memory.</summary>
public sealed class OriginalFilesTests : IAsyncLifetime, IDisposable
{
    private readonly DataFolder _folder = new();
    private readonly MemoryObjects _objects = new();
    private SqliteCatalog _catalog = null!;
    private TableGeneration _table;

    public async Task InitializeAsync()
    {
        _catalog = await DataFolder.OpenAsync(_folder.Options with { Objects = _objects });
        _table = (await _catalog.CreateTableAsync(TableName.Parse("shop").Value, Rows.Model, Metric.L2, default)).Generation;
    }

    public async Task DisposeAsync() => await _catalog.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_object_is_written_before_the_row()
    {
        var rows = -1L;
        _objects.BeforeAsync = async call => rows = call == "put" ? (await _catalog.CountRowsAsync(_table, default)).Value : rows;

        await AddAsync(_catalog, _table, "file");

        rows.ShouldBe(0);
        (await ReadAsync(_catalog, _table, 1)).ShouldBe("file");
    }

    [Fact]
    public async Task While_the_store_is_away_nothing_is_added_and_an_add_of_a_thumbnail_is()
    {
        _objects.BeforeAsync = _ => throw MemoryObjects.Away;

        (await Should.ThrowAsync<CatalogException>(AddAsync(_catalog, _table, "file"))).Code.ShouldBe(FailureCode.CatalogUnavailable);
        (await Should.ThrowAsync<CatalogException>(_catalog.AddManyAsync(_table, [Row("a"), Row(null)], searchable: true, default)))
            .Code.ShouldBe(FailureCode.CatalogUnavailable);
        await AddAsync(_catalog, _table, original: null);

        (await _catalog.CountRowsAsync(_table, default)).Value.ShouldBe(1);
    }

    [Fact]
    public async Task An_original_that_the_store_never_takes_is_left_out()
    {
        _objects.IsTooSmall = true;

        var id = await AddAsync(_catalog, _table, "file");

        (await FindAsync(_catalog, _table, id, PictureKind.Original)).ShouldBeNull();
        (await FindAsync(_catalog, _table, id, PictureKind.Thumbnail)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_picture_that_is_replaced_during_a_read_is_read_in_its_new_form()
    {
        var id = await AddAsync(_catalog, _table, "old");
        var old = _objects.Objects.Keys.ShouldHaveSingleItem();
        _objects.BeforeAsync = async call =>
        {
            if (call != "get") return;
            _objects.BeforeAsync = _ => Task.CompletedTask;
            await ReplaceAsync(_catalog, _table, id, "new");
            _objects.Objects.TryRemove(old, out _);
        };

        (await ReadAsync(_catalog, _table, id)).ShouldBe("new");
    }

    [Fact]
    public async Task An_object_that_is_gone_or_has_other_bytes_is_no_picture()
    {
        var (gone, other) = (await AddAsync(_catalog, _table, "gone"), await AddAsync(_catalog, _table, "right"));
        foreach (var (name, item) in _objects.Objects)
        {
            if (Encoding.UTF8.GetString(item.Bytes) == "gone") _objects.Objects.TryRemove(name, out _);
            else _objects.Objects[name] = ("wrong"u8.ToArray(), item.Written);
        }

        (await FindAsync(_catalog, _table, gone, PictureKind.Original)).ShouldBeNull();
        (await FindAsync(_catalog, _table, other, PictureKind.Original)).ShouldBeNull();
    }

    [Fact]
    public async Task Without_the_store_an_object_is_said_to_be_out_of_reach()
    {
        var id = await AddAsync(_catalog, _table, "file");
        await _catalog.DisposeAsync();
        _catalog = await _folder.OpenAsync();

        var failure = await Should.ThrowAsync<CatalogException>(ReadAsync(_catalog, _table, id));

        failure.Message.ShouldContain("S3_BUCKET");
        (await FindAsync(_catalog, _table, id, PictureKind.Thumbnail)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Originals_of_before_the_store_are_still_read()
    {
        await _catalog.DisposeAsync();
        _catalog = await _folder.OpenAsync();
        var id = await AddAsync(_catalog, _table, "in the row");
        await _catalog.DisposeAsync();

        await InitializeAsync();

        (await ReadAsync(_catalog, _table, id)).ShouldBe("in the row");
    }

    [Fact]
    public void A_name_is_read_as_it_was_written_and_no_other_text_is_a_name()
    {
        var name = ObjectName.New(-5, 7);

        ObjectName.TryParse(name.ToString()).ShouldBe(name);
        ObjectName.TryParse(name + "0").ShouldBeNull();
        ObjectName.TryParse(name + "\n").ShouldBeNull();
        ObjectName.TryParse("fffffffffffffffb/x/" + name.Token).ShouldBeNull();
        ObjectName.TryParse("fffffffffffffffb/9999999999999999999/" + name.Token).ShouldBeNull();
        ObjectName.New(-5, 7).ShouldNotBe(name);
    }
}
