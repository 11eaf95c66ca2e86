using ImageSearch.Grains.Duplicates;
using ImageSearch.Grains.Tests.Tables;

namespace ImageSearch.Grains.Tests.Duplicates;

/// <summary>Searches for duplicates of a table that counts as large: they are started, read by page, cancelled and forgotten.</summary>
public sealed class DuplicateSearchTests : TableFixture
{
    private const float MinScore = 0.97f;

    protected override DuplicateLimits DuplicateLimits { get; } =
        new() { SmallTable = 2, Patience = TimeSpan.FromMilliseconds(20), MaxSearches = 3, MaxRowsOfProcess = 8 };

    private ITableDuplicatesGrain Searches => Grains.GetGrain<ITableDuplicatesGrain>(Shop.Value);

    // Two pairs and one picture alone.
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Table.CreateAsync(null, default);
        foreach (var degrees in (double[])[0, 0.1, 90, 90.2, 180]) await AddAsync(degrees);
    }

    [Fact]
    public async Task A_table_that_is_large_must_be_searched_before_groups_are_read()
    {
        (await Searches.FindAsync(new DuplicateQuery(MinScore, 10, null), default)).ShouldFail(FailureCode.DuplicatesNotFound)
            .Message.ShouldContain("POST /v1/tables/shop/duplicates?min_score=0.97");
        (await Searches.DescribeSearchAsync(default)).ShouldFail(FailureCode.DuplicatesNotFound);
        (await Searches.CancelSearchAsync(default)).ShouldFail(FailureCode.DuplicatesNotFound);
    }

    [Fact]
    public async Task A_search_that_has_finished_is_read_by_page_again_and_again()
    {
        await FinishAsync();

        for (var i = 0; i < 2; i++)
        {
            var first = await ReadAsync(1);
            first.Groups.ShouldHaveSingleItem().Items.Select(item => item.Id).ShouldBe([1, 2]);
            var second = await ReadAsync(1, first.Next);
            second.Groups.ShouldHaveSingleItem().Items.Select(item => item.Id).ShouldBe([3, 4]);
            second.Next.ShouldBeNull();
        }
    }

    [Fact]
    public async Task Its_status_counts_rows_groups_and_items()
    {
        var status = await FinishAsync();

        (status.Rows, status.Done, status.Groups, status.Items, status.Fault).ShouldBe((5, 5, 2, 4, null));
        status.Ended.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(status.Began);
    }

    [Fact]
    public async Task Rows_that_were_deleted_or_replaced_since_are_left_out()
    {
        await FinishAsync();
        (await Table.DeleteByIdsAsync([1], default)).ShouldSucceed();
        (await Table.UpdateAsync(new PictureChange(4, new PictureVectors(Model, At(270)), new PictureTexts()), default)).ShouldSucceed();

        (await ReadAsync(10)).Groups.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_search_that_waits_is_shown_returned_again_and_cancelled()
    {
        await DuplicateSlots.EnterAsync(default);

        (await Searches.StartAsync(MinScore, default)).ShouldSucceed().State.ShouldBe(DuplicateSearchState.Waiting);
        var again = (await Searches.StartAsync(MinScore, default)).ShouldSucceed();
        (await Searches.DescribeSearchAsync(default)).ShouldSucceed().ShouldBe(again);
        (await Searches.FindAsync(new DuplicateQuery(MinScore, 10, null), default)).ShouldSucceed().Page.ShouldBeNull();
        (await Searches.StartAsync(0.99f, default)).ShouldFail(FailureCode.Busy).Message.ShouldContain("min_score 0.97");

        (await Searches.CancelSearchAsync(default)).ShouldSucceed().State.ShouldBe(DuplicateSearchState.Cancelled);
        (await Searches.CancelSearchAsync(default)).ShouldSucceed().State.ShouldBe(DuplicateSearchState.Cancelled);
        (await Searches.FindAsync(new DuplicateQuery(MinScore, 10, null), default)).ShouldFail(FailureCode.DuplicatesNotFound);
        DuplicateSlots.Exit();
        await FinishAsync();
    }

    [Fact]
    public async Task A_drop_ends_the_search_and_the_next_table_knows_nothing_of_it()
    {
        await FinishAsync();
        var position = (await ReadAsync(1)).Next;
        await DuplicateSlots.EnterAsync(default);
        (await Searches.StartAsync(0.98f, default)).ShouldSucceed();

        (await Table.DropAsync(default)).ShouldSucceed();
        await Table.CreateAsync(null, default);
        foreach (var _ in (int[])[1, 2, 3]) await AddAsync(0);

        (await Searches.DescribeSearchAsync(default)).ShouldFail(FailureCode.DuplicatesNotFound);
        (await Searches.FindAsync(new DuplicateQuery(MinScore, 10, position), default)).ShouldFail(FailureCode.DuplicatesNotFound)
            .Message.ShouldContain("start the search of table shop again");
    }

    [Fact]
    public async Task A_restart_forgets_searches()
    {
        await FinishAsync();
        var position = (await ReadAsync(1)).Next;

        await RestartAsync();

        (await Searches.FindAsync(new DuplicateQuery(MinScore, 1, position), default)).ShouldFail(FailureCode.DuplicatesNotFound);
    }

    [Fact]
    public async Task A_process_keeps_the_latest_groups_only()
    {
        await FinishAsync();
        var first = (await ReadAsync(1)).Next;
        await FinishAsync();
        (await ReadAsync(1, first)).Groups.Count.ShouldBe(1);
        var second = (await ReadAsync(1)).Next;

        await FinishAsync();

        (await Searches.FindAsync(new DuplicateQuery(MinScore, 1, first), default)).ShouldFail(FailureCode.DuplicatesNotFound);
        (await ReadAsync(1, second)).Groups.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_failing_store_ends_the_search_with_its_reason()
    {
        Vectors.IsDown = true;

        (await Searches.StartAsync(MinScore, default)).ShouldSucceed();

        var ended = await UntilEndedAsync();
        (ended.State, string.IsNullOrEmpty(ended.Fault)).ShouldBe((DuplicateSearchState.Failed, false));
    }

    private async Task<DuplicatePage> ReadAsync(int count, DuplicatePosition? after = null) =>
        (await Searches.FindAsync(new DuplicateQuery(MinScore, count, after), default)).ShouldSucceed().Page.ShouldNotBeNull();

    private async Task<DuplicateSearchStatus> FinishAsync()
    {
        (await Searches.StartAsync(MinScore, default)).ShouldSucceed();
        var ended = await UntilEndedAsync();
        ended.State.ShouldBe(DuplicateSearchState.Finished);
        return ended;
    }

    private async Task<DuplicateSearchStatus> UntilEndedAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            var status = (await Searches.DescribeSearchAsync(patience.Token)).ShouldSucceed();
            if (status.Ended is not null) return status;
            await Task.Delay(10, patience.Token);
        }
    }
}
