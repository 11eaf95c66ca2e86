using System.Diagnostics;

namespace ImageSearch.Grains.Tests.Tables;

/// <summary>A change of a table's model, under its calls.</summary>
public class ReembedTests : TableFixture
{
    // As many values as the old model: nothing but the name of the model tells vectors apart.
    private static readonly ModelIdentity Newer = new("test", "2", 4);

    [Fact]
    public async Task Searches_go_by_the_old_vectors_until_all_new_ones_are_there()
    {
        await CreateAsync(rows: 3);
        Pictures.HeldAfter = 2;
        await BeginAsync();
        await UntilAsync(() => Pictures.LoadsOf(2) == 1);

        (await FoundNearAsync(0, topK: 1)).ShouldBe([1]);
        (await Reembedding.GetReembedAsync(default)).ShouldSucceed().State.ShouldBe(ReembedState.Running);
        Pictures.Release();
        await UntilEndedAsync(ReembedState.Finished);

        (await Table.SearchAsync(Near(0), default)).ShouldFail(FailureCode.ModelMismatch);
        (await FoundByNewerAsync(ScriptedPictures.AngleOf(3))).ShouldBe([3, 2, 1]);
        (await Table.DescribeAsync(default)).ShouldSucceed().Model.ShouldBe(Newer);
    }

    [Fact]
    public async Task Rows_that_are_added_changed_or_deleted_meanwhile_are_as_they_should_be()
    {
        await CreateAsync(rows: 3);
        Pictures.HeldAfter = 2;
        await BeginAsync();
        await UntilAsync(() => Pictures.LoadsOf(2) == 1);

        var added = await AddAsync(33);
        (await Table.UpdateAsync(new PictureChange(1, new PictureVectors(Model, At(44)), new PictureTexts()), default)).ShouldSucceed();
        (await Table.DeleteByIdsAsync([2], default)).ShouldSucceed();
        Pictures.Release();
        await UntilEndedAsync(ReembedState.Finished);

        (await FoundByNewerAsync(ScriptedPictures.AngleOf(1))).ShouldBe([1, 3, added]);
        Pictures.LoadsOf(1).ShouldBe(2);
        (await Table.CountAsync(default)).ShouldSucceed().ShouldBe(3);
    }

    [Fact]
    public async Task An_add_by_the_old_model_is_refused_after_the_switch_and_one_by_the_new_model_is_found()
    {
        await CreateAsync(rows: 1);
        await BeginAsync();
        await UntilEndedAsync(ReembedState.Finished);

        (await Table.AddAsync(Picture(5), default)).ShouldFail(FailureCode.ModelMismatch);
        var added = (await Table.AddAsync(new NewPicture(new PictureVectors(Newer, At(5)), new PictureTexts()), default)).ShouldSucceed();

        (await FoundByNewerAsync(5)).ShouldBe([added, 1]);
    }

    [Fact]
    public async Task With_too_many_failures_the_table_keeps_its_model_and_tells_which_pictures_failed()
    {
        await CreateAsync(rows: 3);
        Pictures.Lost[2] = true;
        await BeginAsync();
        await UntilEndedAsync(ReembedState.Failed);

        (await FoundNearAsync(0, topK: 1)).ShouldBe([1]);
        var status = (await Reembedding.GetReembedAsync(default)).ShouldSucceed();
        (status.Embedded, status.Failed).ShouldBe((2, 1));
        status.Fault.ShouldNotBeNull().ShouldContain("max_failures");
        var failed = (await Reembedding.ListReembedFailuresAsync(long.MinValue, 10, default)).ShouldSucceed().Failures.Single();
        (failed.Id, failed.Failure.Code).ShouldBe((2, FailureCode.UrlUnreachable));
    }

    [Fact]
    public async Task A_loss_that_is_accepted_leaves_the_row_without_a_vector()
    {
        await CreateAsync(rows: 3);
        Pictures.Lost[2] = true;
        await BeginAsync();
        await UntilEndedAsync(ReembedState.Failed);

        await BeginAsync(maxFailures: 1);
        await UntilEndedAsync(ReembedState.Finished);

        (await FoundByNewerAsync(ScriptedPictures.AngleOf(1))).ShouldBe([1, 3]);
        Pictures.LoadsOf(1).ShouldBe(1);
        (await Grains.GetGrain<ITableItemsGrain>(Shop.Value).GetItemAsync(new ItemReference(null, 2), false, default)).ShouldSucceed();
    }

    [Fact]
    public async Task One_that_is_cancelled_changes_nothing()
    {
        await CreateAsync(rows: 3);
        Pictures.HeldAfter = 0;
        await BeginAsync();

        (await Reembedding.CancelReembedAsync(default)).ShouldSucceed();

        Pictures.Release();
        await UntilEndedAsync(ReembedState.Cancelled);
        (await FoundNearAsync(0, topK: 1)).ShouldBe([1]);
        (await Reembedding.CancelReembedAsync(default)).ShouldFail(FailureCode.ReembedNotFound);
    }

    [Fact]
    public async Task After_a_restart_it_goes_on_with_what_it_has()
    {
        await CreateAsync(rows: 40);
        Pictures.HeldAfter = 32;
        await BeginAsync();
        await UntilAsync(async () => (await Reembedding.GetReembedAsync(default)).ShouldSucceed().Embedded == 32);

        await RestartAsync();
        Pictures.Release();
        (await Reembedding.ResumeReembedAsync(default)).ShouldSucceed();
        await UntilEndedAsync(ReembedState.Finished);

        Enumerable.Range(1, 32).Where(id => Pictures.LoadsOf(id) != 1).ShouldBeEmpty();
        (await FoundByNewerAsync(ScriptedPictures.AngleOf(40), topK: 40)).ShouldBe(Enumerable.Range(1, 40).Reverse().Select(id => (long)id));
    }

    [Fact]
    public async Task The_model_must_be_another_one_that_the_service_has()
    {
        await CreateAsync(rows: 1);
        Pictures.Unknown = Newer;

        (await Reembedding.BeginReembedAsync(new ReembedRequest(Model, PictureViews.Whole, 0), default)).ShouldFail(FailureCode.ModelMismatch);
        (await Reembedding.BeginReembedAsync(new ReembedRequest(Newer, PictureViews.Whole, 0), default)).ShouldFail(FailureCode.ModelMismatch);

        (await Reembedding.GetReembedAsync(default)).ShouldFail(FailureCode.ReembedNotFound);
    }

    private async Task CreateAsync(int rows)
    {
        (await Table.CreateAsync(Model, default)).ShouldSucceed();
        for (var i = 0; i < rows; i++) await AddAsync(i * 2);
    }

    private async Task BeginAsync(long maxFailures = 0) =>
        (await Reembedding.BeginReembedAsync(new ReembedRequest(Newer, PictureViews.Whole, maxFailures), default)).ShouldSucceed();

    private async Task<long[]> FoundByNewerAsync(double degrees, int topK = 10) =>
    [
        .. (await Table.SearchAsync(new PictureQuery(new PictureVectors(Newer, At(degrees)), topK), default)).ShouldSucceed().Hits.Select(hit => hit.Id),
    ];

    private Task UntilEndedAsync(ReembedState state) =>
        UntilAsync(async () => (await Reembedding.GetReembedAsync(default)).ShouldSucceed().State == state);

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(30));
            await Task.Delay(5);
        }
    }
}

/// <summary>The same over a vector store that is elsewhere.</summary>
public sealed class RemoteReembedTests : ReembedTests
{
    protected override bool IsStoreRemote => true;
}
