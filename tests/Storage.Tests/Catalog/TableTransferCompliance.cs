using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Tests.Catalog;

/// <summary>The compliance suite of exports from and imports into catalogs.</summary>
public abstract class TableTransferCompliance : IAsyncLifetime
{
    private SettableTime Time { get; } = new();

    private ICatalog Catalog { get; set; } = null!;

    private ITableTransfer Transfer { get; set; } = null!;

    public virtual async Task InitializeAsync() => (Catalog, Transfer) = await OpenAsync(Time);

    public virtual async Task DisposeAsync() => await Catalog.DisposeAsync();

    /// <summary>Opens the catalog of this test and its transfer.</summary>
    protected abstract Task<(ICatalog Catalog, ITableTransfer Transfer)> OpenAsync(TimeProvider time);

    [SuiteFact]
    public async Task A_row_that_was_put_in_comes_out_with_every_column()
    {
        var table = await CreateAsync();

        Value(await Transfer.InsertRowsAsync(table, [Full(7)], default)).ShouldBe([7]);

        Value(await Transfer.ReadRowsAsync(table, 0, 10, default)).ShouldHaveSingleItem().ShouldBe(Full(7));
    }

    [SuiteFact]
    public async Task A_row_without_texts_stays_so()
    {
        var table = await CreateAsync();
        var bare = new StoredRow { Id = 3, UploadStatus = 0, Version = 1, CreateDate = Full(1).CreateDate, ModifyDate = Full(1).ModifyDate };

        await Transfer.InsertRowsAsync(table, [bare], default);

        Value(await Transfer.ReadRowsAsync(table, 0, 10, default)).ShouldHaveSingleItem().ShouldBe(bare);
    }

    [SuiteFact]
    public async Task A_row_without_dates_gets_the_present_one()
    {
        var table = await CreateAsync();

        await Transfer.InsertRowsAsync(table, [Full(1) with { CreateDate = null, ModifyDate = null }], default);

        Value(await Transfer.ReadRowsAsync(table, 0, 1, default))[0].CreateDate.ShouldBe("2026-03-04 05:06:07.089");
    }

    [SuiteFact]
    public async Task Rows_that_were_added_come_out_as_they_were_stored()
    {
        var table = await CreateAsync();
        var added = Value(await Catalog.AddAsync(
            table, Rows.Row(new PictureTexts("标签", "😀", "k", "/p"), mainObject: Rows.Vector(2)), default));

        var row = Value(await Transfer.ReadRowsAsync(table, 0, 10, default)).ShouldHaveSingleItem();

        row.Id.ShouldBe(added.Id);
        (row.Tags, row.Brief, row.ItemKey, row.FilePath).ShouldBe(("标签", "😀", "k", "/p"));
        (row.UploadStatus, row.Version, row.CreateDate).ShouldBe((1, 1, "2026-03-04 05:06:07.089"));
        row.Feature.ShouldBe(FeatureText.Write(Rows.Vector(1)));
        row.FeatureObject.ShouldBe(FeatureText.Write(Rows.Vector(2)));
    }

    [SuiteFact]
    public async Task Rows_come_in_ascending_order_after_an_id_and_no_more_than_asked_for()
    {
        var table = await CreateAsync();
        await Transfer.InsertRowsAsync(table, [Full(9), Full(2), Full(5), Full(4_000_000_000_000)], default);

        Value(await Transfer.ReadRowsAsync(table, 2, 2, default)).Select(row => row.Id).ShouldBe([5, 9]);
        Value(await Transfer.ReadRowsAsync(table, 9, 2, default)).Select(row => row.Id).ShouldBe([4_000_000_000_000]);
        Value(await Transfer.FindRowsAsync(table, [9, 1, 2], default)).Select(row => row.Id).ShouldBe([2, 9]);
    }

    [SuiteFact]
    public async Task A_row_whose_id_is_taken_is_left_out_and_the_others_are_stored()
    {
        var table = await CreateAsync();
        await Transfer.InsertRowsAsync(table, [Full(1)], default);

        Value(await Transfer.InsertRowsAsync(table, [Full(2), Full(1) with { Tags = "other" }], default)).ShouldBe([2]);

        Value(await Transfer.ReadRowsAsync(table, 0, 10, default)).ShouldBe([Full(1), Full(2)]);
    }

    [SuiteFact]
    public async Task Adds_go_on_after_the_greatest_id_that_was_put_in()
    {
        var table = await CreateAsync();
        await Transfer.InsertRowsAsync(table, [Full(40)], default);

        Value(await Catalog.AddAsync(table, Rows.Row(), default)).Id.ShouldBe(41);
    }

    [SuiteFact]
    public async Task Ids_that_JavaScript_can_t_read_are_kept_and_no_add_is_given_one()
    {
        var table = await CreateAsync();
        const long Largest = (1L << 53) - 2;

        Value(await Transfer.InsertRowsAsync(table, [Full(40), Full(445085583623111723), Full(1L << 53)], default))
            .ShouldBe([40, 1L << 53, 445085583623111723]);

        Value(await Transfer.ReadExtentAsync(table, default)).ShouldBe(new TableExtent(3, 40));
        Value(await Catalog.AddAsync(table, Rows.Row(), default)).Id.ShouldBe(41);
        await Transfer.InsertRowsAsync(table, [Full(Largest)], default);
        Value(await Catalog.AddAsync(table, Rows.Row(), default)).Id.ShouldBe(Largest + 1);
    }

    [SuiteFact]
    public async Task A_name_whose_table_had_such_ids_goes_on_with_small_ones()
    {
        var table = await CreateAsync();
        await Transfer.InsertRowsAsync(table, [Full(40), Full(445085583623111723)], default);
        await Catalog.DropTableAsync(table, default);

        Value(await Catalog.AddAsync(await CreateAsync(), Rows.Row(), default)).Id.ShouldBe(41);
    }

    [SuiteFact]
    public async Task An_id_that_was_given_out_before_the_rows_moved_is_not_given_out_again()
    {
        var table = await CreateAsync();
        await Transfer.InsertRowsAsync(table, [Full(1)], default);

        (await Transfer.RaiseLastIdAsync(table, 99, default)).Failure.ShouldBeNull();
        (await Transfer.RaiseLastIdAsync(table, 5, default)).Failure.ShouldBeNull();

        Value(await Transfer.ReadExtentAsync(table, default)).ShouldBe(new TableExtent(1, 99));
        Value(await Catalog.AddAsync(table, Rows.Row(), default)).Id.ShouldBe(100);
    }

    [SuiteFact]
    public async Task The_extent_counts_deleted_ids_and_not_deleted_rows()
    {
        var table = await CreateAsync();
        Value(await Transfer.ReadExtentAsync(table, default)).ShouldBe(new TableExtent(0, 0));
        for (var i = 0; i < 3; i++) await Catalog.AddAsync(table, Rows.Row(), searchable: i == 0, default);
        await Catalog.DeleteByIdsAsync(table, [3], default);

        Value(await Transfer.ReadExtentAsync(table, default)).ShouldBe(new TableExtent(2, 3));
    }

    [SuiteFact]
    public async Task A_row_that_was_put_in_is_read_as_a_vector_and_can_be_changed()
    {
        var table = await CreateAsync();
        await Transfer.InsertRowsAsync(table, [Full(7) with { Version = 5 }], default);

        Value(await Catalog.CountSearchableAsync(table, default)).ShouldBe(1);
        Value(await Catalog.ChangeAsync(table, Rows.Change(7, Rows.Vector(3)), default)).ShouldBe(new RowVersion(7, 6));
    }

    [SuiteFact]
    public async Task Rows_that_were_put_in_are_in_the_indexes()
    {
        var items = (IItemCatalog)Catalog;
        var table = (await items.CreateTableAsync(TableName.Parse("shop").Value, Rows.Model, Metric.L2, Fields.Settings, default)).Generation;
        await Transfer.InsertRowsAsync(table, [Full(1) with { Attributes = """{"brand": "acme"}""" }, Full(2) with { ProductId = null }], default);
        await Transfer.InsertRowsAsync(table, [Full(1) with { ProductId = "other" }], default);

        Value(await items.SelectIdsAsync(table, Fields.Is(Fields.ProductId, Filtering.FilterValue.Of("product")), 10, default)).ShouldBe([1]);
        Value(await items.SelectIdsAsync(table, Fields.Is(Fields.ProductId, Filtering.FilterValue.Of("other")), 10, default)).ShouldBeEmpty();
        Value(await items.SelectIdsAsync(table, Fields.Is(Fields.Brand, "acme"), 10, default)).ShouldBe([1]);
    }

    [SuiteFact]
    public async Task A_dropped_table_is_named_by_every_call()
    {
        var table = await CreateAsync();
        await Catalog.DropTableAsync(table, default);

        (await Transfer.ReadExtentAsync(table, default)).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.TableDropped);
        (await Transfer.ReadRowsAsync(table, 0, 1, default)).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.TableDropped);
        (await Transfer.FindRowsAsync(table, [1], default)).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.TableDropped);
        (await Transfer.InsertRowsAsync(table, [Full(1)], default)).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.TableDropped);
        (await Transfer.RaiseLastIdAsync(table, 1, default)).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.TableDropped);
    }

    private static StoredRow Full(long id) => new()
    {
        Id = id,
        MilvusId = 445085583623111723,
        Tags = "标签",
        Brief = "a 'quoted' \"text\"\n😀",
        UploadStatus = 1,
        Version = 3,
        ItemKey = "key",
        FilePath = @"C:\pictures\1.jpg",
        CreateDate = "2022-06-20 14:00:00.123",
        ModifyDate = "2023-01-02 03:04:05.000",
        ProductId = "product",
        Attributes = """{"colour": "red"}""",
        Feature = FeatureText.Write(Rows.Vector((int)(id % 100))),
        FeatureObject = FeatureText.Write(Rows.Vector(200)),
    };

    private async Task<TableGeneration> CreateAsync() =>
        (await Catalog.CreateTableAsync(TableName.Parse("shop").Value, Rows.Model, Metric.L2, default)).Generation;

    private static T Value<T>(Result<T> result)
    {
        result.Failure.ShouldBeNull();
        return result.Value!;
    }
}
