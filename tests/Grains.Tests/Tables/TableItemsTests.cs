namespace ImageSearch.Grains.Tests.Tables;

/// <summary>Items of a table.</summary>
public sealed class TableItemsTests : TableFixture
{
    private static readonly TableSettings Settings = TableSettings.Default with
    {
        Attributes = [new AttributeDefinition("brand", AttributeType.String, Indexed: true)],
    };

    private ITableItemsGrain Items => Grains.GetGrain<ITableItemsGrain>(Shop.Value);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        (await Items.CreateWithAsync(null, null, Settings, default)).ShouldSucceed();
    }

    [Fact]
    public async Task An_item_is_found_after_it_was_put()
    {
        var put = (await Items.PutItemAsync(Put("lamp", 0, "philips"), default)).ShouldSucceed();

        put.Effect.ShouldBe(ItemEffect.Created);
        var hit = (await Items.SearchItemsAsync(Near(0), default)).ShouldSucceed().Hits.ShouldHaveSingleItem();
        hit.Item.Texts.Attributes.ShouldBe("""{"brand":"philips"}""");
        hit.Score.ShouldBe(1, 1e-6);
    }

    [Fact]
    public async Task A_put_under_the_same_key_replaces_picture_and_fields_and_keeps_the_id()
    {
        var first = (await Items.PutItemAsync(Put("lamp", 0, "philips"), default)).ShouldSucceed().Item;

        var second = (await Items.PutItemAsync(Put("lamp", 90), default)).ShouldSucceed();

        second.Effect.ShouldBe(ItemEffect.Replaced);
        second.Item.Id.ShouldBe(first.Id);
        second.Item.Texts.Attributes.ShouldBeNull();
        var hit = (await Items.SearchItemsAsync(Near(90), default)).ShouldSucceed().Hits.ShouldHaveSingleItem();
        hit.SquaredDistance.ShouldBe(0, 1e-6);
    }

    [Fact]
    public async Task An_item_that_is_there_is_kept_or_reported_as_the_put_demands()
    {
        await Items.PutItemAsync(Put("lamp", 0), default);

        (await Items.PutItemAsync(Put("lamp", 90) with { OnExistingKey = KeyRule.Skip }, default)).ShouldSucceed().Effect.ShouldBe(ItemEffect.Skipped);
        (await Items.PutItemAsync(Put("lamp", 90) with { OnExistingKey = KeyRule.Fail }, default)).ShouldFail(FailureCode.ItemExists);

        (await FoundNearAsync(0)).ShouldBe([1]);
        (await Items.SearchItemsAsync(Near(0), default)).ShouldSucceed().Hits[0].SquaredDistance.ShouldBe(0, 1e-6);
    }

    [Fact]
    public async Task Of_two_puts_with_one_key_in_a_batch_the_later_one_is_searched()
    {
        var puts = (await Items.PutItemsAsync([Put("lamp", 0), Put("lamp", 90), Put("vase", 45)], default)).ShouldSucceed();

        puts.Select(put => put.ShouldSucceed().Item.Id).ShouldBe([1, 1, 2]);
        (await FoundNearAsync(90)).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_put_of_another_model_is_refused_alone()
    {
        var other = Put("vase", 0) with { Vectors = new PictureVectors(Model with { Version = "2" }, At(0)) };

        var puts = (await Items.PutItemsAsync([Put("lamp", 0), other], default)).ShouldSucceed();

        puts[0].ShouldSucceed();
        puts[1].ShouldFail(FailureCode.ModelMismatch);
    }

    [Fact]
    public async Task A_put_succeeds_while_the_vector_store_is_down()
    {
        await Items.PutItemAsync(Put("lamp", 0), default);
        Vectors.IsDown = true;
        (await Items.PutItemAsync(Put("vase", 90), default)).ShouldSucceed();
        Vectors.IsDown = false;

        (await FoundNearAsync(90)).ShouldBe([2, 1]);
    }

    [Fact]
    public async Task A_patch_changes_fields_and_keeps_the_picture()
    {
        await Items.PutItemAsync(Put("lamp", 0, "philips"), default);
        var changes = new FieldChanges { Set = ["brief"], Values = new PictureTexts(Brief: "a lamp"), Attributes = """{"brand":"osram"}""" };

        var patched = (await Items.PatchItemAsync(new ItemPatch(new ItemReference("lamp", 0), changes), default)).ShouldSucceed().Item;

        patched.Texts.Brief.ShouldBe("a lamp");
        patched.Texts.Attributes.ShouldBe("""{"brand":"osram"}""");
        (await FoundNearAsync(0)).ShouldBe([1]);
    }

    [Fact]
    public async Task A_patch_with_a_picture_moves_the_item()
    {
        await Items.PutItemAsync(Put("lamp", 0), default);
        var patch = new ItemPatch(new ItemReference("lamp", 0), new FieldChanges(), new PictureVectors(Model, At(90)));

        (await Items.PatchItemAsync(patch, default)).ShouldSucceed().Item.Version.ShouldBe(2);

        (await Items.SearchItemsAsync(Near(90), default)).ShouldSucceed().Hits.ShouldHaveSingleItem().SquaredDistance.ShouldBe(0, 1e-6);
    }

    [Fact]
    public async Task A_write_whose_condition_does_not_hold_has_no_effect()
    {
        var item = (await Items.PutItemAsync(Put("lamp", 0), default)).ShouldSucceed().Item;
        var stale = new ItemCondition(["0123"], MustExist: true, MustNotExist: false);

        (await Items.PutItemAsync(Put("lamp", 90) with { Condition = stale }, default)).ShouldFail(FailureCode.ConditionFailed);
        (await Items.PatchItemAsync(new ItemPatch(new ItemReference("lamp", 0), new FieldChanges(), null, stale), default))
            .ShouldFail(FailureCode.ConditionFailed);
        (await Items.DeleteItemAsync(new ItemReference("lamp", 0), stale, default)).ShouldFail(FailureCode.ConditionFailed);
        (await Items.DeleteItemAsync(new ItemReference("lamp", 0), stale with { Tags = [item.Tag] }, default)).ShouldSucceed().ShouldBe(1);
    }

    [Fact]
    public async Task A_deleted_item_is_neither_read_nor_found()
    {
        await Items.PutItemAsync(Put("lamp", 0), default);

        (await Items.DeleteItemAsync(new ItemReference("lamp", 0), null, default)).ShouldSucceed().ShouldBe(1);

        (await Items.GetItemAsync(new ItemReference("lamp", 0), false, default)).ShouldFail(FailureCode.ItemNotFound);
        (await Items.DeleteItemAsync(new ItemReference("lamp", 0), null, default)).ShouldFail(FailureCode.ItemNotFound);
        (await FoundNearAsync(0)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_item_is_read_with_its_vectors_if_they_are_requested()
    {
        await Items.PutItemAsync(Put("lamp", 0), default);

        (await Items.GetItemAsync(new ItemReference(null, 1), true, default)).ShouldSucceed().Vectors!.Whole.ToArray().ShouldBe(At(0));
        (await Items.GetItemAsync(new ItemReference(null, 1), false, default)).ShouldSucceed().Vectors.ShouldBeNull();
    }

    [Fact]
    public async Task A_list_has_the_matching_items_by_page_in_order_with_their_vectors()
    {
        await Items.PutItemsAsync([Put("c", 0, "x"), Put("a", 10, "x"), Put("b", 20, "y"), Put("d", 30, "x")], default);
        var query = new ItemListQuery("brand = \"x\"", "key", Descending: true, null, 2, WithVectors: true);

        var first = (await Items.ListItemsAsync(query, default)).ShouldSucceed();
        var second = (await Items.ListItemsAsync(query with { After = first.Next.ShouldNotBeNull() }, default)).ShouldSucceed();

        first.Items.Concat(second.Items).Select(item => item.Texts.Key).ShouldBe(["d", "c", "a"]);
        second.Items.ShouldHaveSingleItem().Vectors!.Whole.ToArray().ShouldBe(At(10));
        second.Next.ShouldBeNull();
    }

    [Theory]
    [InlineData("colour", 1, "colour")]
    [InlineData("brief", 1, "brief")]
    [InlineData("id", 0, "1000")]
    [InlineData("id", 1001, "1000")]
    public async Task A_list_in_an_order_or_of_a_size_that_is_not_offered_is_refused(string order, int count, string named) =>
        (await Items.ListItemsAsync(new ItemListQuery(null, order, false, null, count), default))
            .ShouldFail(FailureCode.RequestInvalid).Message.ShouldContain(named);

    [Fact]
    public async Task A_search_uses_filter_and_groups()
    {
        await Items.PutItemsAsync([Put("a", 0, "x"), Put("b", 10, "x"), Put("c", 20, "y"), Put("d", 30)], default);

        (await FoundAsync(Near(0) with { Filter = "brand = \"y\"" })).ShouldBe([3]);
        (await FoundAsync(Near(0) with { GroupBy = "brand" })).ShouldBe([1, 3]);
    }

    [Fact]
    public async Task A_search_by_a_picture_of_another_model_is_refused()
    {
        var query = new ItemQuery([new QueryExample(new PictureVectors(Model with { Version = "2" }, At(0)), null)], 1);
        (await Items.SearchItemsAsync(query, default)).ShouldFail(FailureCode.ModelMismatch);
    }

    private static ItemPut Put(string key, double degrees, string? brand = null) => new(
        new PictureVectors(Model, At(degrees)),
        new PictureTexts(Key: key) { Attributes = brand is null ? null : $$"""{"brand":"{{brand}}"}""" },
        KeyRule.Replace);

    private static ItemQuery Near(double degrees) => new([new QueryExample(new PictureVectors(Model, At(degrees)), null)], 10);

    private async Task<long[]> FoundAsync(ItemQuery query) =>
        [.. (await Items.SearchItemsAsync(query, default)).ShouldSucceed().Hits.Select(hit => hit.Item.Id)];
}
