using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Tests.Catalog;

public abstract partial class ItemCatalogCompliance
{
    [SuiteFact]
    public async Task A_patch_changes_the_fields_that_are_set_and_no_others()
    {
        var table = await CreateAsync();
        var put = await PutAsync(table, Fields.Put("a", Fields.Attributes("acme", 5), "p", tags: "old"));
        Time.Now += TimeSpan.FromSeconds(1);
        var changes = new FieldChanges { Set = ["brief", "product_id", "path"], Values = new PictureTexts(Brief: "new", FilePath: "/b") { ProductId = "q" } };

        var write = Value(await PatchAsync(table, new ItemPatch(new ItemReference("a", 0), changes)));

        write.Effect.ShouldBe(ItemEffect.Replaced);
        write.Item.ShouldBe(put with { Texts = put.Texts with { Brief = "new", FilePath = "/b", ProductId = "q" }, Modified = "2026-03-04 05:06:08.089" });
        (await FindAsync(table, "a")).ShouldBe(write.Item);
    }

    [SuiteFact]
    public async Task A_field_that_is_set_to_null_has_no_value_afterwards()
    {
        var table = await CreateAsync();
        var put = await PutAsync(table, Fields.Put("a", product: "p", tags: "old"));

        await PatchAsync(table, new ItemPatch(new ItemReference(null, put.Id), new FieldChanges { Set = ["tags", "product_id", "key"] }));

        (await FindAsync(table, put.Id))!.Texts.ShouldBe(new PictureTexts());
        (await SelectAsync(table, Fields.Is(Fields.ProductId, Filtering.FilterValue.Of("p")))).ShouldBeEmpty();
    }

    [SuiteFact]
    public async Task A_patch_of_attributes_merges_them()
    {
        var table = await CreateAsync();
        await PutAsync(table, Fields.Put("a", Fields.Attributes("acme", 5, stocked: true)));

        await PatchAsync(table, new ItemPatch(new ItemReference("a", 0), new FieldChanges { Attributes = """{"price":7,"stocked":null}""" }));

        (await FindAsync(table, "a"))!.Texts.Attributes.ShouldBe(Fields.Attributes("acme", 7));
        (await SelectAsync(table, Fields.Is(Fields.Price, 7))).ShouldBe([1]);
        (await SelectAsync(table, Fields.Is(Fields.Price, 5))).ShouldBeEmpty();
    }

    [SuiteFact]
    public async Task A_patch_with_a_picture_increments_the_version_and_one_without_does_not()
    {
        var table = await CreateAsync();
        await PutAsync(table, Fields.Put("a"));
        var item = new ItemReference("a", 0);

        Value(await PatchAsync(table, new ItemPatch(item, Fields.Set("tags", new PictureTexts("t"))))).Item.Version.ShouldBe(1);
        var changed = Value(await PatchAsync(table, new ItemPatch(item, new FieldChanges(), new PictureVectors(Rows.Model, Rows.Vector(2))))).Item;

        changed.Version.ShouldBe(2);
        changed.Texts.Tags.ShouldBe("t");
        (await VectorAsync(table, 1)).ShouldBe(Rows.Vector(2));
    }

    [SuiteFact]
    public async Task A_picture_of_another_dimension_fails_and_changes_nothing()
    {
        var table = await CreateAsync();
        var put = await PutAsync(table, Fields.Put("a"));
        var changes = Fields.Set("tags", new PictureTexts("new"));

        ShouldFail(
            await PatchAsync(table, new ItemPatch(new ItemReference("a", 0), changes, new PictureVectors(Rows.Model, Rows.Vector(1, 8)))),
            FailureCode.ModelMismatch);

        (await FindAsync(table, "a")).ShouldBe(put);
    }

    [SuiteFact]
    public async Task A_key_that_another_item_has_can_t_be_taken()
    {
        var table = await CreateAsync();
        await PutAsync(table, Fields.Put("a"));
        await PutAsync(table, Fields.Put("b"));

        ShouldFail(await PatchAsync(table, new ItemPatch(new ItemReference("b", 0), Fields.Set("key", new PictureTexts(Key: "a")))), FailureCode.ItemExists);
        Value(await PatchAsync(table, new ItemPatch(new ItemReference("b", 0), Fields.Set("key", new PictureTexts(Key: "b"))))).Item.Id.ShouldBe(2);
        Value(await PatchAsync(table, new ItemPatch(new ItemReference("b", 0), Fields.Set("key", new PictureTexts(Key: "c"))))).Item.Id.ShouldBe(2);

        (await FindAsync(table, "b")).ShouldBeNull();
        (await FindAsync(table, "c"))!.Id.ShouldBe(2);
    }

    [SuiteFact]
    public async Task A_patch_of_what_is_not_there_or_is_not_as_it_must_be_fails()
    {
        var table = await CreateAsync();
        var put = await PutAsync(table, Fields.Put("a"));
        var changes = Fields.Set("tags", new PictureTexts("new"));

        ShouldFail(await PatchAsync(table, new ItemPatch(new ItemReference("none", 0), changes)), FailureCode.ItemNotFound);
        ShouldFail(await PatchAsync(table, new ItemPatch(new ItemReference(null, 9), changes)), FailureCode.ItemNotFound);
        ShouldFail(
            await PatchAsync(table, new ItemPatch(new ItemReference("a", 0), changes, null, new ItemCondition(["other"], true, false))),
            FailureCode.ConditionFailed);
        (await FindAsync(table, "a")).ShouldBe(put);

        Value(await PatchAsync(table, new ItemPatch(new ItemReference("a", 0), changes, null, new ItemCondition([put.Tag], true, false))))
            .Item.Texts.Tags.ShouldBe("new");
    }

    [SuiteFact]
    public async Task Deleting_by_a_key_deletes_all_rows_with_it()
    {
        var table = await CreateAsync();
        await PutAsync(table, Fields.Put("a", Fields.Attributes("acme")));
        await PutAsync(table, Fields.Put("b", Fields.Attributes("acme")));
        await Catalog.AddAsync(table, Rows.Row(2, "a"), default);

        Value(await Items.DeleteItemAsync(table, new ItemReference("a", 0), null, default)).ShouldBe([new RowVersion(1, 1), new RowVersion(3, 1)]);

        Value(await Items.CountRowsAsync(table, default)).ShouldBe(1);
        (await SelectAsync(table, Fields.Is(Fields.Brand, "acme"))).ShouldBe([2]);
    }

    [SuiteFact]
    public async Task Deleting_by_an_id_deletes_that_row_alone()
    {
        var table = await CreateAsync();
        await Catalog.AddAsync(table, Rows.Row(1, "a"), default);
        await Catalog.AddAsync(table, Rows.Row(2, "a"), default);

        Value(await Items.DeleteItemAsync(table, new ItemReference(null, 2), null, default)).ShouldBe([new RowVersion(2, 1)]);

        (await FindAsync(table, "a"))!.Id.ShouldBe(1);
    }

    [SuiteFact]
    public async Task Deleting_what_is_not_there_or_is_not_as_it_must_be_fails()
    {
        var table = await CreateAsync();
        var put = await PutAsync(table, Fields.Put("a"));
        var item = new ItemReference("a", 0);

        ShouldFail(await Items.DeleteItemAsync(table, new ItemReference("none", 0), null, default), FailureCode.ItemNotFound);
        ShouldFail(await Items.DeleteItemAsync(table, new ItemReference(null, 9), null, default), FailureCode.ItemNotFound);
        ShouldFail(await Items.DeleteItemAsync(table, item, new ItemCondition(["other"], true, false), default), FailureCode.ConditionFailed);
        (await FindAsync(table, "a")).ShouldBe(put);

        Value(await Items.DeleteItemAsync(table, item, new ItemCondition([put.Tag], true, false), default)).Count.ShouldBe(1);
        (await FindAsync(table, "a")).ShouldBeNull();
    }
}
