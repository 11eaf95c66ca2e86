using ImageSearch.Grains.Imports;

namespace ImageSearch.Grains.Tests.Imports;

public sealed class FairShareLimiterTests
{
    private readonly List<string> _granted = [];

    private static async Task<IDisposable[]> AcquireAsync(FairShareLimiter limiter, string import, int count, string host = "") =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => limiter.AcquireAsync(import, host, default)));

    // Records the order in which waiters get their permits. Each returns its permit immediately.
    private async Task AcquireAndReturnAsync(FairShareLimiter limiter, string import, string host = "")
    {
        using var lease = await limiter.AcquireAsync(import, host, default);
        lock (_granted) _granted.Add(import + host);
    }

    [Fact]
    public async Task A_single_import_leaves_some_permits_for_the_next_one()
    {
        var limiter = new FairShareLimiter(8, maxPerImport: 6, maxPerHost: 6);
        await AcquireAsync(limiter, "a", 6);

        var seventh = limiter.AcquireAsync("a", "", default);
        await AcquireAsync(limiter, "b", 2);

        seventh.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_free_permit_goes_to_the_import_that_holds_the_fewest()
    {
        var limiter = new FairShareLimiter(3, 3, 3);
        var a = await AcquireAsync(limiter, "a", 3);
        var waiting = AcquireAsync(limiter, "a", 5);
        var first = limiter.AcquireAsync("b", "", default);
        var second = limiter.AcquireAsync("b", "", default);

        a[0].Dispose();
        await first;
        a[1].Dispose(); // One each: the next permit is for "a", whose last grant is older.
        second.IsCompleted.ShouldBeFalse();
        a[2].Dispose();

        await second;
        waiting.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Imports_with_long_queues_alternate_on_a_single_permit()
    {
        var limiter = new FairShareLimiter(1, 1, 1);
        var held = await limiter.AcquireAsync("x", "", default);
        List<Task> acquiring = [.. Enumerable.Range(0, 20).Select(_ => AcquireAndReturnAsync(limiter, "a"))];
        acquiring.AddRange(Enumerable.Range(0, 20).Select(_ => AcquireAndReturnAsync(limiter, "b")));

        held.Dispose();
        await Task.WhenAll(acquiring);

        _granted.Take(20).Count(import => import == "b").ShouldBe(10);
    }

    [Fact]
    public async Task One_host_does_not_hold_all_permits_of_its_import()
    {
        var limiter = new FairShareLimiter(8, maxPerImport: 6, maxPerHost: 5);
        await AcquireAsync(limiter, "a", 5, "silent.example");

        var sixth = limiter.AcquireAsync("a", "silent.example", default);
        await limiter.AcquireAsync("a", "shop.example", default);

        sixth.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_cancelled_waiter_is_skipped()
    {
        var limiter = new FairShareLimiter(1, 1, 1);
        var held = await limiter.AcquireAsync("a", "", default);
        using var cancel = new CancellationTokenSource();
        var first = limiter.AcquireAsync("a", "", cancel.Token);
        var second = limiter.AcquireAsync("a", "", default);

        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        held.Dispose();
        held.Dispose(); // Returns nothing the second time.

        (await second).Dispose();
        await AcquireAsync(limiter, "b", 1);
    }

    [Fact]
    public async Task Acquiring_all_permits_waits_for_all_and_blocks_later_waiters()
    {
        var limiter = new FairShareLimiter(2, 2, 2);
        var held = await AcquireAsync(limiter, "a", 2);
        var all = limiter.AcquireAllAsync(default);
        var later = limiter.AcquireAsync("b", "", default);

        held[0].Dispose();
        (all.IsCompleted, later.IsCompleted).ShouldBe((false, false));
        held[1].Dispose();

        var alone = await all;
        later.IsCompleted.ShouldBeFalse();
        alone.Dispose();
        await later;
    }

    [Fact]
    public async Task Later_waiters_continue_when_the_wait_for_all_permits_is_cancelled()
    {
        var limiter = new FairShareLimiter(2, 2, 2);
        await AcquireAsync(limiter, "a", 1);
        using var cancel = new CancellationTokenSource();
        var all = limiter.AcquireAllAsync(cancel.Token);
        var later = limiter.AcquireAsync("b", "", default);

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(all);
        await later;
    }
}
