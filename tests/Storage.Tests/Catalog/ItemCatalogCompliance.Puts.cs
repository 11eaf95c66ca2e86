using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Tests.Catalog;

public abstract partial class ItemCatalogCompliance
{
    [SuiteFact]
    public async Task A_put_of_a_new_key_creates_an_item_with_all_fields()
    {
        var table = await CreateAsync();
        var texts = new PictureTexts("标签", "a brief", "键", "https://shop.example/1.jpg") { ProductId = "p", Attributes = Fields.Attributes("acme", 9.5) };

        var write = await WriteAsync(table, Fields.Put() with { Texts = texts });

        write.Effect.ShouldBe(ItemEffect.Created);
        write.Item.ShouldBe(new Item(1, 1, texts, "2026-03-04 05:06:07.089", "2026-03-04 05:06:07.089"));
        (await FindAsync(table, "键")).ShouldBe(write.Item);
        (await FindAsync(table, 1)).ShouldBe(write.Item);
    }

    [SuiteFact]
    public async Task A_put_of_a_key_that_is_there_replaces_the_picture_and_all_fields_and_keeps_the_id()
    {
        var table = await CreateAsync();
        await PutAsync(table, Fields.Put("a", Fields.Attributes("acme"), "p", tags: "old"));
        Time.Now += TimeSpan.FromSeconds(1);

        var write = await WriteAsync(table, Fields.Put("a", seed: 2));

        write.Effect.ShouldBe(ItemEffect.Replaced);
        write.Item.ShouldBe(new Item(1, 2, new PictureTexts(Key: "a"), "2026-03-04 05:06:07.089", "2026-03-04 05:06:08.089"));
        (await FindAsync(table, "a")).ShouldBe(write.Item);
        (await VectorAsync(table, 1)).ShouldBe(Rows.Vector(2));
    }

    [SuiteFact]
    public async Task A_put_that_skips_keeps_the_item_that_is_there()
    {
        var table = await CreateAsync();
        var there = await PutAsync(table, Fields.Put("a", tags: "old"));

        var write = await WriteAsync(table, Fields.Put("a", seed: 2, rule: KeyRule.Skip));

        write.ShouldBe(new ItemWrite(there, ItemEffect.Skipped));
        (await VectorAsync(table, 1)).ShouldBe(Rows.Vector(1));
    }

    [SuiteFact]
    public async Task A_put_that_must_not_replace_fails_where_the_key_is_there()
    {
        var table = await CreateAsync();
        var there = await PutAsync(table, Fields.Put("a", tags: "old"));

        ShouldFail(await PutOneAsync(table, Fields.Put("a", seed: 2, rule: KeyRule.Fail)), FailureCode.ItemExists);

        (await FindAsync(table, "a")).ShouldBe(there);
    }

    [SuiteFact]
    public async Task A_put_happens_only_if_its_condition_holds()
    {
        var table = await CreateAsync();
        var absent = new ItemCondition(null, MustExist: false, MustNotExist: true);
        var present = new ItemCondition(null, MustExist: true, MustNotExist: false);

        ShouldFail(await PutOneAsync(table, Fields.Put("a", condition: present)), FailureCode.ConditionFailed);
        var first = Value(await PutOneAsync(table, Fields.Put("a", condition: absent))).Item;
        ShouldFail(await PutOneAsync(table, Fields.Put("a", condition: absent)), FailureCode.ConditionFailed);
        var second = Value(await PutOneAsync(table, Fields.Put("a", condition: new ItemCondition([first.Tag], false, false)))).Item;
        ShouldFail(await PutOneAsync(table, Fields.Put("a", condition: new ItemCondition([first.Tag], false, false))), FailureCode.ConditionFailed);

        (await FindAsync(table, "a")).ShouldBe(second);
    }

    [SuiteFact]
    public async Task Of_two_puts_of_one_key_in_a_call_the_later_one_sees_the_earlier()
    {
        var table = await CreateAsync();

        var writes = Value(await Items.PutItemsAsync(
            table, [Fields.Put("a", tags: "1"), Fields.Put("b"), Fields.Put("a", tags: "2")], searchable: true, default)).Select(Value).ToList();

        writes.Select(write => (write.Item.Id, write.Item.Version, write.Effect))
            .ShouldBe([(1, 1, ItemEffect.Created), (2, 1, ItemEffect.Created), (1, 2, ItemEffect.Replaced)]);
        (await FindAsync(table, "a"))!.Texts.Tags.ShouldBe("2");
    }

    [SuiteFact]
    public async Task An_item_that_can_t_be_stored_fails_alone()
    {
        var table = await CreateAsync();
        var wrongLength = Fields.Put("a") with { Vectors = new PictureVectors(Rows.Model, new float[] { 3, 4, 0, 0 }) };
        var wrongModel = Fields.Put("b") with { Vectors = new PictureVectors(Rows.Model, Rows.Vector(1, 8)) };

        var writes = Value(await Items.PutItemsAsync(table, [wrongLength, wrongModel, Fields.Put("c")], searchable: true, default));

        ShouldFail(writes[0], FailureCode.PictureHasNoVector);
        ShouldFail(writes[1], FailureCode.ModelMismatch);
        Value(writes[2]).Item.Texts.Key.ShouldBe("c");
        Value(await Items.CountRowsAsync(table, default)).ShouldBe(1);
    }

    [SuiteFact]
    public async Task An_item_without_a_key_is_always_new_and_named_by_its_id()
    {
        var table = await CreateAsync();
        await PutAsync(table, Fields.Put(tags: "1"));

        var second = await PutAsync(table, Fields.Put(tags: "2"));

        second.Id.ShouldBe(2);
        (await FindAsync(table, 2)).ShouldBe(second);
    }

    [SuiteFact]
    public async Task An_item_that_is_put_as_searchable_counts_as_such()
    {
        var table = await CreateAsync();
        await Items.PutItemsAsync(table, [Fields.Put("a")], searchable: false, default);
        Value(await Catalog.CountSearchableAsync(table, default)).ShouldBe(0);

        await PutAsync(table, Fields.Put("a"));

        Value(await Catalog.CountSearchableAsync(table, default)).ShouldBe(1);
    }

    [SuiteFact]
    public async Task An_item_has_its_vectors_if_a_model_is_given()
    {
        var table = await CreateAsync();
        var vectors = new PictureVectors(Rows.Model, Rows.Vector(1), Rows.Vector(2));
        await PutAsync(table, Fields.Put("a") with { Vectors = vectors });

        var found = Value(await Items.FindItemAsync(table, new ItemReference("a", 0), Rows.Model, default)).ShouldNotBeNull().Vectors.ShouldNotBeNull();

        found.Model.ShouldBe(Rows.Model);
        found.Whole.ToArray().ShouldBe(Rows.Vector(1));
        found.MainObject.ShouldNotBeNull().ToArray().ShouldBe(Rows.Vector(2));
    }

    [SuiteFact]
    public async Task An_item_without_a_main_object_has_no_vector_of_it()
    {
        var table = await CreateAsync();
        await PutAsync(table, Fields.Put("a") with { Vectors = new PictureVectors(Rows.Model, Rows.Vector(1)) });

        var found = Value(await Items.FindItemAsync(table, new ItemReference("a", 0), Rows.Model, default)).ShouldNotBeNull();

        found.Vectors.ShouldNotBeNull().MainObject.HasValue.ShouldBeFalse();
    }

    [SuiteFact]
    public async Task Items_are_read_by_ids_and_those_that_are_not_there_are_left_out()
    {
        var table = await CreateAsync();
        var (a, b) = (await PutAsync(table, Fields.Put("a", Fields.Attributes("acme"))), await PutAsync(table, Fields.Put("b", product: "p")));

        Value(await Items.ReadItemsAsync(table, [2, 7, 1], default)).ShouldBe([a, b], ignoreOrder: true);
        Value(await Items.ReadItemsAsync(table, [], default)).ShouldBeEmpty();
        (await FindAsync(table, "none")).ShouldBeNull();
        (await FindAsync(table, 7)).ShouldBeNull();
    }

    [SuiteFact]
    public async Task A_row_that_was_added_otherwise_is_an_item_with_its_product_id_and_attributes()
    {
        var table = await CreateAsync();
        var texts = new PictureTexts("t", "b", "k", "/p") { ProductId = "p", Attributes = Fields.Attributes("acme") };

        var row = Value(await Catalog.AddAsync(table, Rows.Row(texts), default));

        (await FindAsync(table, "k")).ShouldBe(new Item(row.Id, 1, texts, "2026-03-04 05:06:07.089", "2026-03-04 05:06:07.089"));
    }

    [SuiteFact]
    public async Task Adding_and_changing_a_row_without_product_id_and_attributes_keeps_those_of_the_item()
    {
        var table = await CreateAsync();
        var put = await PutAsync(table, Fields.Put("a", Fields.Attributes("acme"), "p"));

        await Catalog.AddAsync(table, Rows.Row(seed: 2, "a", "added", replace: true), default);
        await Catalog.ChangeAsync(table, Rows.Change(put.Id, new PictureTexts(Brief: "changed")), default);

        var item = (await FindAsync(table, "a")).ShouldNotBeNull();
        item.Texts.ShouldBe(put.Texts with { Tags = "added", Brief = "changed" });
        (await SelectAsync(table, Fields.Is(Fields.Brand, "acme"))).ShouldBe([put.Id]);
    }

    [SuiteFact]
    public async Task The_oldest_of_several_rows_with_a_key_is_the_item()
    {
        var table = await CreateAsync();
        await Catalog.AddAsync(table, Rows.Row(1, "a", "oldest"), default);
        await Catalog.AddAsync(table, Rows.Row(2, "a", "second"), default);

        (await FindAsync(table, "a"))!.Texts.Tags.ShouldBe("oldest");
        (await WriteAsync(table, Fields.Put("a", tags: "put"))).Item.Id.ShouldBe(1);
        (await FindAsync(table, 2))!.Texts.Tags.ShouldBe("second");
    }

    private async Task<Result<ItemWrite>> PutOneAsync(TableGeneration table, ItemPut put) =>
        Value(await Items.PutItemsAsync(table, [put], searchable: true, default)).ShouldHaveSingleItem();

    private async Task<float[]> VectorAsync(TableGeneration table, long id)
    {
        await foreach (var batch in Catalog.ReadVectorsAsync(table, Rows.Model.Dimension, [id], default))
            return batch.Vectors.ShouldHaveSingleItem().Whole.ToArray();
        throw new InvalidOperationException($"no row {id}");
    }
}
