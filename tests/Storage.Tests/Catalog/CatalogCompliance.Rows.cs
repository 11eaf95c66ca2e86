using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Tests.Catalog;

public abstract partial class CatalogCompliance
{
    [SuiteFact]
    public async Task Ids_start_at_one_and_rise_by_one()
    {
        var table = await CreateAsync();

        (await AddAsync(table, Rows.Row())).ShouldBe(new RowVersion(1, 1));
        (await AddAsync(table, Rows.Row())).ShouldBe(new RowVersion(2, 1));
    }

    [SuiteFact]
    public async Task An_id_is_not_used_again_after_its_row_and_a_reopening()
    {
        var table = await CreateAsync();
        await AddAsync(table, Rows.Row());
        await Catalog.DeleteByIdsAsync(table, [1], default);
        await ReopenAsync();

        (await AddAsync(table, Rows.Row())).Id.ShouldBe(2);
    }

    [SuiteFact]
    public async Task An_id_is_not_used_again_under_a_name_that_is_dropped_and_made_anew()
    {
        var table = await CreateAsync();
        await AddAsync(table, Rows.Row());
        await AddAsync(table, Rows.Row());
        await Catalog.DeleteByIdsAsync(table, [2], default);
        await Catalog.DropTableAsync(table, default);
        await Catalog.DropTableAsync(await CreateAsync(), default);
        await ReopenAsync();

        (await AddAsync(await CreateAsync(), Rows.Row())).Id.ShouldBe(3);
    }

    [SuiteFact]
    public async Task Ids_of_two_names_do_not_depend_on_each_other()
    {
        await AddAsync(await CreateAsync("a"), Rows.Row());

        (await AddAsync(await CreateAsync("b"), Rows.Row())).Id.ShouldBe(1);
    }

    [SuiteTheory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("中文标签，红色连衣裙")]
    [InlineData("👗👩‍👩‍👧‍👦 𠀀")]
    [InlineData("e\u0301 \u00e9 \u200b\ufeff")]
    [InlineData("line\r\nfeed\ttab \\ \" %_")]
    [InlineData("'; DROP TABLE shop; --")]
    [InlineData("$tags @tags :tags ?1")]
    [InlineData("nul\0in between")]
    public async Task Texts_come_back_as_they_were_given(string? text)
    {
        var table = await CreateAsync();
        var texts = new PictureTexts(text, text, text, text);

        var row = await AddAsync(table, Rows.Row(texts));

        (await TextsAsync(table, row))[row.Id].ShouldBe(texts);
        if (text is not null)
        {
            Value(await Catalog.DeleteByKeysAsync(table, [text], default)).ShouldBe([row]);
        }
    }

    [SuiteFact]
    public async Task Texts_of_the_greatest_lengths_come_back()
    {
        var table = await CreateAsync();
        var texts = new PictureTexts(
            Repeat("𠀀", PictureTexts.MaxTagsLength), Repeat("图", PictureTexts.MaxBriefLength),
            Repeat("键", PictureTexts.MaxKeyLength), Repeat("😀", PictureTexts.MaxFilePathLength));

        var row = await AddAsync(table, Rows.Row(texts));

        (await TextsAsync(table, row))[row.Id].ShouldBe(texts);

        static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
    }

    [SuiteFact]
    public async Task Adding_writes_the_documented_columns()
    {
        var table = await CreateAsync();

        var row = await AddAsync(table, Rows.Row(new PictureTexts("t"), mainObject: Rows.Vector(2)), searchable: false);

        (await ReadColumnAsync(table, row.Id, "milvus_id")).ShouldBe(row.Id);
        (await ReadColumnAsync(table, row.Id, "upload_status")).ShouldBe(0L);
        (await ReadColumnAsync(table, row.Id, "feature")).ShouldBe(FeatureText.Write(Rows.Vector(1)));
        (await ReadColumnAsync(table, row.Id, "feature_object")).ShouldBe(FeatureText.Write(Rows.Vector(2)));
        (await ReadColumnAsync(table, row.Id, "create_date")).ShouldBe("2026-03-04 05:06:07.089");
        (await ReadColumnAsync(table, row.Id, "modify_date")).ShouldBe("2026-03-04 05:06:07.089");
        (await ReadColumnAsync(table, row.Id, "product_id")).ShouldBeNull();
        (await ReadColumnAsync(table, row.Id, "attributes")).ShouldBeNull();
    }

    [SuiteFact]
    public async Task A_vector_of_another_dimension_is_not_stored()
    {
        var table = await CreateAsync();
        var row = Rows.Row(Rows.Vector(1, 5));

        ShouldFail(await Catalog.AddAsync(table, row, default), FailureCode.ModelMismatch);

        (await AddAsync(table, Rows.Row())).Id.ShouldBe(1);
    }

    [SuiteFact]
    public async Task A_changed_vector_of_another_dimension_is_not_stored()
    {
        var table = await CreateAsync();
        var row = await AddAsync(table, Rows.Row());

        ShouldFail(await Catalog.ChangeAsync(table, Rows.Change(row.Id, Rows.Vector(1, 5)), default), FailureCode.ModelMismatch);

        (await VectorsAsync(table)).Vectors.ShouldHaveSingleItem().Row.ShouldBe(row);
    }

    [SuiteFact]
    public async Task Changing_texts_keeps_those_left_out_and_the_version()
    {
        var table = await CreateAsync();
        var row = await AddAsync(table, Rows.Row(new PictureTexts("tags", "brief", "key", "path")));
        Time.Now += TimeSpan.FromHours(1);

        Value(await Catalog.ChangeAsync(table, Rows.Change(row.Id, new PictureTexts(Brief: "")), default)).ShouldBe(row);

        (await TextsAsync(table, row))[row.Id].ShouldBe(new PictureTexts("tags", "", "key", "path"));
        (await ReadColumnAsync(table, row.Id, "create_date")).ShouldBe("2026-03-04 05:06:07.089");
        (await ReadColumnAsync(table, row.Id, "modify_date")).ShouldBe("2026-03-04 06:06:07.089");
        (await ReadColumnAsync(table, row.Id, "upload_status")).ShouldBe(1L);
    }

    [SuiteFact]
    public async Task Changing_the_vector_makes_the_next_version_and_forgets_the_old_main_object()
    {
        var table = await CreateAsync();
        var row = await AddAsync(table, Rows.Row(new PictureTexts("t"), mainObject: Rows.Vector(2)));

        var changed = Value(await Catalog.ChangeAsync(table, Rows.Change(row.Id, Rows.Vector(3)), searchable: false, default));

        changed.ShouldBe(new RowVersion(row.Id, 2));
        (await ReadColumnAsync(table, row.Id, "feature")).ShouldBe(FeatureText.Write(Rows.Vector(3)));
        (await ReadColumnAsync(table, row.Id, "feature_object")).ShouldBeNull();
        (await ReadColumnAsync(table, row.Id, "upload_status")).ShouldBe(0L);
        (await TextsAsync(table, changed))[row.Id].Tags.ShouldBe("t");
    }

    [SuiteFact]
    public async Task Changing_a_row_that_is_not_there_says_so()
    {
        var table = await CreateAsync();

        ShouldFail(await Catalog.ChangeAsync(table, Rows.Change(7, new PictureTexts("x")), default), FailureCode.IdNotFound);
        ShouldFail(await Catalog.ChangeAsync(table, Rows.Change(7, Rows.Vector(1)), default), FailureCode.IdNotFound);
    }

    [SuiteFact]
    public async Task Texts_are_read_only_of_rows_with_exactly_the_version()
    {
        var table = await CreateAsync();
        var old = await AddAsync(table, Rows.Row());
        var young = Value(await Catalog.ChangeAsync(table, Rows.Change(old.Id, Rows.Vector(2)), default));
        var other = await AddAsync(table, Rows.Row());

        (await TextsAsync(table, old, other, new RowVersion(99, 1))).Keys.ShouldBe([other.Id]);
        (await TextsAsync(table, young with { Version = 3 })).ShouldBeEmpty();
        (await TextsAsync(table, old, young, young)).Keys.ShouldBe([young.Id]);
    }

    [SuiteFact]
    public async Task Texts_of_a_thousand_rows_are_read_at_once()
    {
        var table = await CreateAsync();
        var rows = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => AddAsync(table, Rows.Row(tags: $"{i}"))));

        var texts = await TextsAsync(table, rows);

        texts.Count.ShouldBe(1000);
        rows.ShouldAllBe(row => texts.ContainsKey(row.Id));
    }

    [SuiteFact]
    public async Task A_key_may_stand_twice()
    {
        var table = await CreateAsync();

        (await AddAsync(table, Rows.Row(key: "k"))).Id.ShouldBe(1);
        (await AddAsync(table, Rows.Row(key: "k"))).Id.ShouldBe(2);
    }

    [SuiteFact]
    public async Task Replacing_by_key_keeps_the_oldest_rows_id_and_makes_its_next_version()
    {
        var table = await CreateAsync();
        await AddAsync(table, Rows.Row(new PictureTexts("a", "b", "k", "p"), mainObject: Rows.Vector(2)));
        await AddAsync(table, Rows.Row(key: "k"));

        var replaced = await AddAsync(table, Rows.Row(seed: 3, key: "k", tags: "new", replace: true), searchable: false);

        replaced.ShouldBe(new RowVersion(1, 2));
        (await TextsAsync(table, replaced))[1].ShouldBe(new PictureTexts("new", null, "k", null));
        (await ReadColumnAsync(table, 1, "feature")).ShouldBe(FeatureText.Write(Rows.Vector(3)));
        (await ReadColumnAsync(table, 1, "feature_object")).ShouldBeNull();
        (await VectorsAsync(table, RowSelection.Waiting)).Vectors.Single().Row.ShouldBe(replaced);
        (await VectorsAsync(table)).Vectors.Count.ShouldBe(2);
    }

    [SuiteFact]
    public async Task Replacing_a_key_that_is_new_adds_a_row()
    {
        var table = await CreateAsync();
        await AddAsync(table, Rows.Row(key: "K"));

        (await AddAsync(table, Rows.Row(key: "k", replace: true))).ShouldBe(new RowVersion(2, 1));
    }

    [SuiteFact]
    public async Task Replacing_without_a_key_adds_a_row_each_time()
    {
        var table = await CreateAsync();

        await AddAsync(table, Rows.Row(replace: true));

        (await AddAsync(table, Rows.Row(replace: true))).ShouldBe(new RowVersion(2, 1));
    }

    [SuiteFact]
    public async Task Replacing_one_key_many_times_at_once_leaves_one_row()
    {
        var table = await CreateAsync();

        var rows = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => AddAsync(table, Rows.Row(i, "k", replace: true))));

        rows.Select(row => row.Id).ShouldAllBe(id => id == 1);
        rows.Select(row => row.Version).Order().ShouldBe(Enumerable.Range(1, 32));
    }

    [SuiteFact]
    public async Task Deleting_by_id_gives_back_the_rows_that_were_there()
    {
        var table = await CreateAsync();
        var (first, second, third) = (await AddAsync(table, Rows.Row()), await AddAsync(table, Rows.Row()), await AddAsync(table, Rows.Row()));
        var changed = Value(await Catalog.ChangeAsync(table, Rows.Change(first.Id, Rows.Vector(2)), default));

        var deleted = Value(await Catalog.DeleteByIdsAsync(table, [third.Id, first.Id, first.Id, 99, -1], default));

        deleted.ShouldBe([changed, third], ignoreOrder: true);
        (await VectorsAsync(table)).Vectors.Single().Row.ShouldBe(second);
        Value(await Catalog.DeleteByIdsAsync(table, [first.Id], default)).ShouldBeEmpty();
        Value(await Catalog.DeleteByIdsAsync(table, [], default)).ShouldBeEmpty();
    }

    [SuiteFact]
    public async Task Deleting_by_key_gives_back_all_rows_with_one_of_the_keys()
    {
        var table = await CreateAsync();
        var (first, second, third) =
            (await AddAsync(table, Rows.Row(key: "a")), await AddAsync(table, Rows.Row(key: "a")), await AddAsync(table, Rows.Row(key: "b")));
        await AddAsync(table, Rows.Row(key: "A"));
        await AddAsync(table, Rows.Row(key: null));

        var deleted = Value(await Catalog.DeleteByKeysAsync(table, ["b", "a", "a", "none", "%"], default));

        deleted.ShouldBe([first, second, third], ignoreOrder: true);
        (await VectorsAsync(table)).Vectors.Select(row => row.Row.Id).ShouldBe([4, 5]);
    }

    [SuiteFact]
    public async Task Only_rows_with_the_same_version_are_marked_searchable()
    {
        var table = await CreateAsync();
        var (same, stale) = (await AddAsync(table, Rows.Row(), searchable: false), await AddAsync(table, Rows.Row(), searchable: false));
        await Catalog.ChangeAsync(table, Rows.Change(stale.Id, Rows.Vector(2)), searchable: false, default);

        Value(await Catalog.MarkSearchableAsync(table, [same, same, stale, new RowVersion(99, 1)], default)).ShouldBe(1);

        Value(await Catalog.CountSearchableAsync(table, default)).ShouldBe(1);
        (await VectorsAsync(table, RowSelection.Waiting)).Vectors.Single().Row.ShouldBe(new RowVersion(stale.Id, 2));
    }
}
