using ImageSearch.Grains.Tests.Tables;

namespace ImageSearch.Grains.Tests.Duplicates;

/// <summary>Adds that are checked for duplicates. Pictures 10° apart have a score of 0.992, 30° apart of 0.933.</summary>
public sealed class DuplicateGuardTests : TableFixture
{
    private static readonly DuplicateCheck Reject = new(DuplicateRule.Reject, null);
    private static readonly DuplicateCheck Return = new(DuplicateRule.Return, null);

    private ITableItemsGrain Items => Grains.GetGrain<ITableItemsGrain>(Shop.Value);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Table.CreateAsync(null, default);
    }

    [Fact]
    public async Task Of_concurrent_adds_of_one_picture_one_is_stored()
    {
        var adds = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Items.PutItemAsync(Put($"k{i}", 0, Reject), default)));

        adds.Count(add => add.Failure is null).ShouldBe(1);
        adds.Where(add => add.Failure is not null).ShouldAllBe(add => add.Failure!.Code == FailureCode.DuplicatePicture);
        (await Table.CountAsync(default)).ShouldSucceed().ShouldBe(1);
    }

    [Fact]
    public async Task A_rejected_picture_names_the_item_that_is_there()
    {
        await PutAsync("first", 0);

        var failure = (await Items.PutItemAsync(Put("second", 10, Reject), default)).ShouldFail(FailureCode.DuplicatePicture);

        failure.Message.ShouldContain("the item with id 1 and key first (score 0.9924)");
        (failure.Field, failure.IsLasting).ShouldBe(("on_duplicate", true));
        (await Items.PutItemAsync(Put("third", 30, Reject), default)).ShouldSucceed().Effect.ShouldBe(ItemEffect.Created);
    }

    [Fact]
    public async Task A_returned_duplicate_is_the_item_that_is_there()
    {
        await PutAsync("first", 0);

        var write = (await Items.PutItemAsync(Put("second", 10, Return), default)).ShouldSucceed();

        (write.Effect, write.Item.Texts.Key).ShouldBe((ItemEffect.Duplicate, "first"));
        (await Table.CountAsync(default)).ShouldSucceed().ShouldBe(1);
    }

    [Fact]
    public async Task A_score_of_the_call_counts_before_that_of_the_table()
    {
        await ConfigureAsync(new DuplicateCheck(DuplicateRule.Reject, 0.9f));
        await PutAsync("first", 0);

        (await Items.PutItemAsync(Put("a", 30), default)).ShouldFail(FailureCode.DuplicatePicture);
        (await Items.PutItemAsync(Put("b", 30, new DuplicateCheck(null, 0.95f)), default)).ShouldSucceed();
        (await Items.PutItemAsync(Put("c", 0, new DuplicateCheck(DuplicateRule.Allow, null)), default)).ShouldSucceed();
    }

    [Fact]
    public async Task A_replacement_is_no_duplicate_of_itself_but_of_others()
    {
        await PutAsync("a", 0);
        await PutAsync("b", 90);

        (await Items.PutItemAsync(Put("a", 5, Reject), default)).ShouldSucceed().Effect.ShouldBe(ItemEffect.Replaced);
        (await Items.PutItemAsync(Put("a", 90, Reject), default)).ShouldFail(FailureCode.DuplicatePicture).Message.ShouldContain("key b");
    }

    [Fact]
    public async Task Pictures_of_one_call_are_compared_with_each_other()
    {
        var results = (await Items.PutItemsAsync(
            [Put("a", 0, Reject), Put("b", 1, Reject), Put("c", 90, Reject), Put("d", 91, Return), Put("a", 2, Reject), Put("e", 180)], default)).ShouldSucceed();

        results.Select(result => result.Failure?.Code.ToString() ?? result.Value!.Effect.ToString())
            .ShouldBe(["Created", "DuplicatePicture", "Created", "Duplicate", "Replaced", "Created"]);
        results[3].Value!.Item.Texts.Key.ShouldBe("c");
        results[1].Failure!.Message.ShouldContain("an earlier picture of the call, the item with id 1");
    }

    [Fact]
    public async Task The_rule_for_existing_keys_and_conditions_count_first()
    {
        await PutAsync("a", 0);
        await PutAsync("b", 90);

        (await Items.PutItemAsync(Put("a", 90, Reject) with { OnExistingKey = KeyRule.Skip }, default)).ShouldSucceed().Effect.ShouldBe(ItemEffect.Skipped);
        (await Items.PutItemAsync(Put("a", 90, Reject) with { OnExistingKey = KeyRule.Fail }, default)).ShouldFail(FailureCode.ItemExists);
        (await Items.PutItemAsync(Put("a", 90, Reject) with { Condition = new ItemCondition(null, false, MustNotExist: true) }, default))
            .ShouldFail(FailureCode.ConditionFailed);
    }

    [Fact]
    public async Task Adds_of_the_documented_APIs_follow_the_table()
    {
        await ConfigureAsync(Return);
        var first = await AddAsync(0);
        (await AddAsync(1)).ShouldBe(first);

        await ConfigureAsync(Reject);
        (await Table.AddAsync(Picture(2), default)).ShouldFail(FailureCode.DuplicatePicture);
        var many = (await Table.AddManyAsync([Picture(90), Picture(91), Picture(2)], default)).ShouldSucceed();
        many.Select(result => result.Failure?.Code).ShouldBe([null, FailureCode.DuplicatePicture, FailureCode.DuplicatePicture]);
        (await Table.CountAsync(default)).ShouldSucceed().ShouldBe(2);
    }

    [Fact]
    public async Task A_deleted_item_is_no_duplicate_and_a_full_table_returns_the_one_that_is_there()
    {
        await PutAsync("a", 0);
        (await Items.DeleteItemAsync(new ItemReference("a", 0), null, default)).ShouldSucceed();
        (await Items.PutItemAsync(Put("b", 0, Reject), default)).ShouldSucceed();
        (await Items.ConfigureAsync(TableSettings.Default with { MaxRows = 1 }, null, null, default)).ShouldSucceed();

        (await Items.PutItemAsync(Put("c", 0, Return), default)).ShouldSucceed().Effect.ShouldBe(ItemEffect.Duplicate);
        (await Items.PutItemAsync(Put("c", 90, Return), default)).ShouldFail(FailureCode.QuotaReached);
    }

    [Fact]
    public async Task An_add_that_can_t_be_checked_fails_and_stores_nothing()
    {
        await PutAsync("a", 0);
        Vectors.IsDown = true;

        (await Items.PutItemAsync(Put("b", 0, Reject), default)).ShouldFail(FailureCode.VectorStoreUnavailable);
        (await Items.GetItemAsync(new ItemReference("b", 0), false, default)).ShouldFail(FailureCode.ItemNotFound);
    }

    private static ItemPut Put(string key, double degrees, DuplicateCheck? check = null) =>
        new(new PictureVectors(Model, At(degrees)), new PictureTexts(Key: key), KeyRule.Replace) { Duplicates = check };

    private async Task PutAsync(string key, double degrees) => (await Items.PutItemAsync(Put(key, degrees), default)).ShouldSucceed();

    private async Task ConfigureAsync(DuplicateCheck check) =>
        (await Items.ConfigureAsync(TableSettings.Default with { Duplicates = check }, null, null, default)).ShouldSucceed();
}
