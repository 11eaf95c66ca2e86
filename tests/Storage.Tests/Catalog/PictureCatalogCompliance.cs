using System.Text;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Tests.Catalog;

/// <summary>The compliance suite of kept pictures in all catalogs.</summary>
public abstract class PictureCatalogCompliance : IAsyncLifetime
{
    protected ICatalog Catalog { get; private set; } = null!;

    private IItemCatalog Items => (IItemCatalog)Catalog;

    private IPictureCatalog Pictures => (IPictureCatalog)Catalog;

    public virtual async Task InitializeAsync() => Catalog = await OpenAsync();

    public virtual async Task DisposeAsync() => await Catalog.DisposeAsync();

    [SuiteFact]
    public async Task A_picture_is_kept_with_its_row()
    {
        var table = await CreateAsync();

        var row = Value(await Catalog.AddAsync(table, Row("one", original: "file one"), default));

        var (thumbnail, original) = (await FindAsync(table, row.Id), await FindAsync(table, row.Id, PictureKind.Original));
        (Text(thumbnail), thumbnail.ShouldNotBeNull().Picture.MediaType).ShouldBe(("one", "image/webp"));
        (Text(original), original.ShouldNotBeNull().Picture.MediaType).ShouldBe(("file one", "image/jpeg"));
        thumbnail.Tag.ShouldMatch("^[0-9a-f]{32}$");
        thumbnail.Tag.ShouldNotBe(original.Tag);
        Value(await Pictures.MeasurePicturesAsync(table, default)).ShouldBe("one".Length + "file one".Length);
    }

    [SuiteFact]
    public async Task Bytes_of_any_value_are_kept()
    {
        var table = await CreateAsync();
        byte[] bytes = [.. Enumerable.Range(0, 4096).Select(i => (byte)(i * 7)), .. "'\\\0\"`"u8];

        var row = Value(await Catalog.AddAsync(table, Kept(Rows.Row(), new KeptPictures(new KeptPicture("image/webp", bytes), null)), default));

        (await FindAsync(table, row.Id)).ShouldNotBeNull().Picture.Bytes.ToArray().ShouldBe(bytes);
    }

    [SuiteFact]
    public async Task Only_the_tag_is_read_where_the_bytes_are_not_wanted()
    {
        var table = await CreateAsync();
        var row = Value(await Catalog.AddAsync(table, Row("one"), default));

        var found = Value(await Pictures.FindPictureAsync(table, new ItemReference(null, row.Id), PictureKind.Thumbnail, withBytes: false, default));

        found.ShouldNotBeNull().Tag.ShouldBe((await FindAsync(table, row.Id))!.Tag);
        found.Picture.Bytes.IsEmpty.ShouldBeTrue();
    }

    [SuiteFact]
    public async Task What_is_kept_of_some_rows_is_read_with_thumbnails_and_without_originals()
    {
        var table = await CreateAsync();
        var both = Value(await Catalog.AddAsync(table, Row("one", original: "file"), default));
        var small = Value(await Catalog.AddAsync(table, Row("two", "k"), default));
        var bare = Value(await Catalog.AddAsync(table, Rows.Row(), default));
        Value(await Catalog.AddAsync(table, Row("other"), default));
        await ReplaceAsync("put", table, small.Id, new KeptPictures(new KeptPicture("image/webp", "new"u8.ToArray()), null));

        var read = Value(await Pictures.ReadPicturesAsync(table, [both.Id, small.Id, bare.Id], default));

        read.OrderBy(row => row.Id).Select(row => (row.Id, row.Version, Encoding.UTF8.GetString(row.Thumbnail!.Bytes.Span), row.HasOriginal))
            .ShouldBe([(both.Id, 1, "one", true), (small.Id, 2, "new", false)]);
        Value(await Pictures.ReadPicturesAsync(table, [], default)).ShouldBeEmpty();
    }

    [SuiteFact]
    public async Task An_original_is_that_of_its_version()
    {
        var table = await CreateAsync();
        var row = Value(await Catalog.AddAsync(table, Row("one", "k", original: "file"), default));

        var picture = Value(await Pictures.ReadOriginalAsync(table, row, default)).ShouldNotBeNull().Picture;

        (picture.MediaType, Encoding.UTF8.GetString(picture.Bytes.Span)).ShouldBe(("image/jpeg", "file"));
        Value(await Pictures.ReadOriginalAsync(table, row with { Version = 2 }, default)).ShouldBeNull();
        Value(await Pictures.ReadOriginalAsync(table, row with { Id = row.Id + 1 }, default)).ShouldBeNull();
    }

    [SuiteFact]
    public async Task A_row_without_a_picture_has_none_and_a_row_that_is_missing_is_a_failure()
    {
        var table = await CreateAsync();
        var row = Value(await Catalog.AddAsync(table, Rows.Row(), default));

        (await FindAsync(table, row.Id)).ShouldBeNull();
        (await Pictures.FindPictureAsync(table, new ItemReference(null, 999), PictureKind.Thumbnail, true, default))
            .Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.ItemNotFound);
        (await Pictures.FindPictureAsync(table, new ItemReference("none", 0), PictureKind.Thumbnail, true, default))
            .Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.ItemNotFound);
    }

    [SuiteTheory]
    [InlineData("add")]
    [InlineData("add many")]
    [InlineData("change")]
    [InlineData("put")]
    [InlineData("patch")]
    public async Task A_replaced_picture_replaces_what_is_kept(string how)
    {
        var table = await CreateAsync();
        var id = Value(await Catalog.AddAsync(table, Row("old", "k", original: "old file"), default)).Id;

        await ReplaceAsync(how, table, id, new KeptPictures(new KeptPicture("image/webp", "new"u8.ToArray()), null));

        Text(await FindAsync(table, id)).ShouldBe("new");
        (await FindAsync(table, id, PictureKind.Original)).ShouldBeNull();
        Value(await Pictures.MeasurePicturesAsync(table, default)).ShouldBe(3);
    }

    [SuiteTheory]
    [InlineData("add")]
    [InlineData("add many")]
    [InlineData("change")]
    [InlineData("put")]
    [InlineData("patch")]
    public async Task A_picture_of_which_nothing_is_kept_removes_what_was_kept(string how)
    {
        var table = await CreateAsync();
        var id = Value(await Catalog.AddAsync(table, Row("old", "k"), default)).Id;

        await ReplaceAsync(how, table, id, null);

        (await FindAsync(table, id)).ShouldBeNull();
        Value(await Pictures.MeasurePicturesAsync(table, default)).ShouldBe(0);
    }

    [SuiteFact]
    public async Task A_change_of_texts_keeps_the_picture()
    {
        var table = await CreateAsync();
        var id = Value(await Catalog.AddAsync(table, Row("one", "k"), default)).Id;

        Value(await Catalog.ChangeAsync(table, Rows.Change(id, new PictureTexts("red")), default));
        Value(await Items.PatchItemAsync(
            table, new ItemPatch(new ItemReference("k", 0), Fields.Set("brief", new PictureTexts(Brief: "b"))), searchable: true, default));

        Text(await FindAsync(table, id)).ShouldBe("one");
    }

    [SuiteFact]
    public async Task Of_pictures_of_one_key_in_one_write_the_last_is_kept()
    {
        var table = await CreateAsync();

        Value(await Catalog.AddManyAsync(table, [Row("first", "k", replace: true), Row("second", "k", replace: true), Row("other", "o")], searchable: true, default));

        Text(Value(await Pictures.FindPictureAsync(table, new ItemReference("k", 0), PictureKind.Thumbnail, true, default))).ShouldBe("second");
        Text(Value(await Pictures.FindPictureAsync(table, new ItemReference("o", 0), PictureKind.Thumbnail, true, default))).ShouldBe("other");
    }

    [SuiteTheory]
    [InlineData("id")]
    [InlineData("key")]
    [InlineData("item")]
    public async Task A_deleted_row_takes_its_pictures_along(string how)
    {
        var table = await CreateAsync();
        var id = Value(await Catalog.AddAsync(table, Row("one", "k", original: "file"), default)).Id;
        var other = Value(await Catalog.AddAsync(table, Row("other", "o"), default)).Id;

        _ = how switch
        {
            "id" => Value(await Catalog.DeleteByIdsAsync(table, [id], default)),
            "key" => Value(await Catalog.DeleteByKeysAsync(table, ["k"], default)),
            _ => Value(await Items.DeleteItemAsync(table, new ItemReference("k", 0), null, default)),
        };

        Value(await Pictures.MeasurePicturesAsync(table, default)).ShouldBe("other".Length);
        Text(await FindAsync(table, other)).ShouldBe("other");
    }

    [SuiteFact]
    public async Task A_row_under_the_id_of_a_deleted_one_does_not_get_its_picture()
    {
        var table = await CreateAsync();
        var id = Value(await Catalog.AddAsync(table, Row("one"), default)).Id;
        Value(await Catalog.DeleteByIdsAsync(table, [id], default));

        var put = Fields.Put("k") with { Row = new GivenRow(id, null, null) };
        Value(Value(await Items.PutItemsAsync(table, [put], searchable: true, default)).ShouldHaveSingleItem());

        (await FindAsync(table, id)).ShouldBeNull();
    }

    [SuiteFact]
    public async Task A_dropped_table_drops_its_pictures()
    {
        var table = await CreateAsync();
        for (var i = 0; i < 20; i++) Value(await Catalog.AddAsync(table, Row("one", original: "file"), default));
        var other = (await Catalog.CreateTableAsync(Name("other"), Rows.Model, Metric.L2, default)).Generation;
        var kept = Value(await Catalog.AddAsync(other, Row("kept"), default));

        (await Catalog.DropTableAsync(table, default)).ShouldBeTrue();

        (await Pictures.FindPictureAsync(table, new ItemReference(null, 1), PictureKind.Thumbnail, true, default))
            .Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.TableDropped);
        (await Pictures.MeasurePicturesAsync(table, default)).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.TableDropped);
        (await Pictures.ReadPicturesAsync(table, [1], default)).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.TableDropped);
        (await Pictures.ReadOriginalAsync(table, new RowVersion(1, 1), default)).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.TableDropped);
        await WaitAsync(async () => await CountAsync() == 1);
        Text(await FindAsync(other, kept.Id)).ShouldBe("kept");
    }

    [SuiteFact]
    public async Task Pictures_outlive_the_process()
    {
        var table = await CreateAsync();
        var id = Value(await Catalog.AddAsync(table, Row("one"), default)).Id;

        await Catalog.DisposeAsync();
        Catalog = await OpenAsync();

        Text(await FindAsync(table, id)).ShouldBe("one");
    }

    [SuiteFact]
    public async Task The_choice_of_a_table_is_stored()
    {
        var settings = TableSettings.Default with { KeepPictures = KeepPictures.None };
        await Items.CreateTableAsync(Name("shop"), Rows.Model, Metric.L2, settings, default);

        (await Catalog.FindTableAsync(Name("shop"), default)).ShouldNotBeNull().Settings.KeepPictures.ShouldBe(KeepPictures.None);
    }

    /// <summary>Opens the catalog of this test. A second call, after that catalog is closed, reopens its data.</summary>
    protected abstract Task<ICatalog> OpenAsync();

    /// <summary>The number of all kept pictures.</summary>
    protected abstract Task<long> CountAsync();

    protected static NewPicture Row(string thumbnail, string? key = null, string? original = null, bool replace = false) =>
        Kept(Rows.Row(key: key, replace: replace), new KeptPictures(
            new KeptPicture("image/webp", Encoding.UTF8.GetBytes(thumbnail)),
            original is null ? null : new KeptPicture("image/jpeg", Encoding.UTF8.GetBytes(original))));

    protected static NewPicture Kept(NewPicture picture, KeptPictures? kept) => picture with { Vectors = picture.Vectors with { Kept = kept } };

    protected static T Value<T>(Result<T> result)
    {
        result.Failure.ShouldBeNull();
        return result.Value!;
    }

    private static string? Text(FoundPicture? found) => found is null ? null : Encoding.UTF8.GetString(found.Picture.Bytes.Span);

    private static TableName Name(string text) => TableName.Parse(text).Value;

    private async Task<TableGeneration> CreateAsync() =>
        (await Catalog.CreateTableAsync(Name("shop"), Rows.Model, Metric.L2, default)).Generation;

    private async Task<FoundPicture?> FindAsync(TableGeneration table, long id, PictureKind kind = PictureKind.Thumbnail) =>
        Value(await Pictures.FindPictureAsync(table, new ItemReference(null, id), kind, withBytes: true, default));

    private async Task ReplaceAsync(string how, TableGeneration table, long id, KeptPictures? kept)
    {
        var row = Kept(Rows.Row(2, "k", replace: true), kept);
        switch (how)
        {
            case "add": Value(await Catalog.AddAsync(table, row, default)).Id.ShouldBe(id); break;
            case "add many": Value(Value(await Catalog.AddManyAsync(table, [row], searchable: true, default))[0]).Id.ShouldBe(id); break;
            case "change": Value(await Catalog.ChangeAsync(table, new PictureChange(id, row.Vectors, new PictureTexts()), default)); break;
            case "put": Value(Value(await Items.PutItemsAsync(table, [Fields.Put("k") with { Vectors = row.Vectors }], searchable: true, default))[0]); break;
            default:
                Value(await Items.PatchItemAsync(
                    table, new ItemPatch(new ItemReference(null, id), new FieldChanges(), row.Vectors), searchable: true, default));
                break;
        }
    }

    private static async Task WaitAsync(Func<Task<bool>> isDone)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await isDone())
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
