using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Tests.Catalog;

public abstract partial class CatalogCompliance
{
    [SuiteFact]
    public async Task A_bulk_add_returns_the_rows_in_the_order_of_the_pictures()
    {
        var table = await CreateAsync();
        await AddAsync(table, Rows.Row());

        var rows = await AddManyAsync(table, [.. Enumerable.Range(0, NewPicture.MaxPerAdd).Select(i => Rows.Row(i, tags: $"{i}"))]);

        rows.ShouldBe(Enumerable.Range(2, NewPicture.MaxPerAdd).Select(id => new RowVersion(id, 1)));
        var texts = await TextsAsync(table, [.. rows]);
        rows.Select(row => texts[row.Id].Tags).ShouldBe(Enumerable.Range(0, NewPicture.MaxPerAdd).Select(i => $"{i}"));
        (await VectorsAsync(table)).Vectors[^1].Whole.ToArray().ShouldBe(Rows.Vector(NewPicture.MaxPerAdd - 1));
    }

    [SuiteFact]
    public async Task A_bulk_add_of_nothing_stores_nothing() => (await AddManyAsync(await CreateAsync())).ShouldBeEmpty();

    [SuiteFact]
    public async Task A_bulk_add_writes_the_documented_columns()
    {
        var table = await CreateAsync();
        await AddManyAsync(table, Rows.Row());

        var (first, second) = (Rows.Row(new PictureTexts("t", "b", "k", "p"), mainObject: Rows.Vector(2)), Rows.Row());
        var rows = Values(await Catalog.AddManyAsync(table, [first, second], searchable: false, default));

        (await TextsAsync(table, [.. rows]))[rows[0].Id].ShouldBe(new PictureTexts("t", "b", "k", "p"));
        (await ReadColumnAsync(table, rows[0].Id, "milvus_id")).ShouldBe(rows[0].Id);
        (await ReadColumnAsync(table, rows[0].Id, "upload_status")).ShouldBe(0L);
        (await ReadColumnAsync(table, rows[0].Id, "feature")).ShouldBe(FeatureText.Write(Rows.Vector(1)));
        (await ReadColumnAsync(table, rows[0].Id, "feature_object")).ShouldBe(FeatureText.Write(Rows.Vector(2)));
        (await ReadColumnAsync(table, rows[1].Id, "feature_object")).ShouldBeNull();
        (await ReadColumnAsync(table, rows[1].Id, "create_date")).ShouldBe("2026-03-04 05:06:07.089");
        (await VectorsAsync(table, RowSelection.Waiting)).Vectors.Select(row => row.Row).ShouldBe(rows);
    }

    [SuiteFact]
    public async Task A_picture_that_can_t_be_stored_fails_alone_in_a_bulk_add()
    {
        var table = await CreateAsync();

        var results = Value(await Catalog.AddManyAsync(
            table, [Rows.Row(1), Rows.Row(Rows.Vector(1, 5)), Rows.Row([1, 1, 1, 1]), Rows.Row(2)], searchable: true, default));

        Value(results[0]).ShouldBe(new RowVersion(1, 1));
        ShouldFail(results[1], FailureCode.ModelMismatch);
        ShouldFail(results[2], FailureCode.PictureHasNoVector);
        Value(results[3]).ShouldBe(new RowVersion(2, 1));
        Value(await Catalog.CountSearchableAsync(table, default)).ShouldBe(2);
    }

    [SuiteFact]
    public async Task A_bulk_add_replaces_the_oldest_rows_with_its_keys()
    {
        var table = await CreateAsync();
        await AddAsync(table, Rows.Row(new PictureTexts("a", "b", "k", "p"), mainObject: Rows.Vector(2)));
        await AddAsync(table, Rows.Row(key: "k"));
        await AddAsync(table, Rows.Row(key: "k2 "));

        for (var version = 2; version <= 4; version++)
        {
            var rows = await AddManyAsync(
                table,
                Rows.Row(version, "k", tags: $"{version}", replace: true), Rows.Row(key: $"new {version}", replace: true),
                Rows.Row(key: "K", replace: version > 2), Rows.Row(key: "k2", replace: version > 2));

            rows[0].ShouldBe(new RowVersion(1, version));
            rows[1].Version.ShouldBe(1);
            rows[2].ShouldBe(new RowVersion(5, version - 1));
            rows[3].ShouldBe(new RowVersion(6, version - 1));
            (await TextsAsync(table, rows[0]))[1].ShouldBe(new PictureTexts($"{version}", null, "k", null));
            (await ReadColumnAsync(table, 1, "feature")).ShouldBe(FeatureText.Write(Rows.Vector(version)));
            (await ReadColumnAsync(table, 1, "feature_object")).ShouldBeNull();
        }

        Value(await Catalog.CountSearchableAsync(table, default)).ShouldBe(3 + 3 + 2);
    }

    [SuiteFact]
    public async Task Of_two_pictures_with_one_key_a_bulk_add_stores_the_later()
    {
        var table = await CreateAsync();
        await AddAsync(table, Rows.Row());

        var rows = await AddManyAsync(
            table, Rows.Row(2, "k", replace: true), Rows.Row(3, "other"), Rows.Row(4, "k", tags: "later", replace: true), Rows.Row(5, "other", replace: true));

        rows.ShouldBe([new RowVersion(2, 1), new RowVersion(3, 1), new RowVersion(2, 2), new RowVersion(3, 2)]);
        (await TextsAsync(table, rows[2]))[2].Tags.ShouldBe("later");
        (await ReadColumnAsync(table, 2, "feature")).ShouldBe(FeatureText.Write(Rows.Vector(4)));
        (await ReadColumnAsync(table, 3, "feature")).ShouldBe(FeatureText.Write(Rows.Vector(5)));
    }

    [SuiteFact]
    public async Task A_bulk_add_to_a_dropped_table_stores_nothing()
    {
        var table = await CreateAsync();
        await AddManyAsync(table, Rows.Row());
        await Catalog.DropTableAsync(table, default);

        ShouldFail(await Catalog.AddManyAsync(table, [Rows.Row(), Rows.Row(key: "k", replace: true)], searchable: true, default), FailureCode.TableDropped);
    }

    [SuiteFact]
    public async Task Bulk_adds_and_adds_of_many_writers_lose_nothing_and_share_no_id()
    {
        var table = await CreateAsync();

        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var own = new List<RowVersion>();
            for (var i = 0; i < 5; i++)
            {
                own.AddRange(await AddManyAsync(table, [.. Enumerable.Range(0, 20).Select(each => Rows.Row(each, $"{writer}/{i}/{each}", replace: true))]));
                own.Add(await AddAsync(table, Rows.Row()));
            }

            return own;
        })));

        ids.SelectMany(own => own).ShouldAllBe(row => row.Version == 1);
        ids.SelectMany(own => own).Select(row => row.Id).Order().ShouldBe(Enumerable.Range(1, 8 * 5 * 21).Select(id => (long)id));
    }

    private async Task<IReadOnlyList<RowVersion>> AddManyAsync(TableGeneration table, params NewPicture[] pictures) =>
        Values(await Catalog.AddManyAsync(table, pictures, searchable: true, default));

    private static IReadOnlyList<RowVersion> Values(Result<IReadOnlyList<Result<RowVersion>>> results) => [.. Value(results).Select(Value)];
}
