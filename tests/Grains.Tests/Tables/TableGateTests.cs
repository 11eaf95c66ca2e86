using ImageSearch.Grains.Tables;

namespace ImageSearch.Grains.Tests.Tables;

public sealed class TableGateTests
{
    private readonly TableGate _gate = new();

    [Fact]
    public async Task Shared_calls_run_side_by_side()
    {
        using var first = await _gate.EnterSharedAsync(default);
        using var second = await _gate.EnterSharedAsync(default);
    }

    [Fact]
    public async Task An_exclusive_call_waits_for_the_shared_ones()
    {
        var first = await _gate.EnterSharedAsync(default);
        var second = await _gate.EnterSharedAsync(default);
        var exclusive = _gate.EnterExclusiveAsync(default);
        first.Dispose();
        exclusive.IsCompleted.ShouldBeFalse();
        second.Dispose();
        (await exclusive).Dispose();
    }

    [Fact]
    public async Task Exclusive_calls_exclude_each_other()
    {
        var first = await _gate.EnterExclusiveAsync(default);
        var second = _gate.EnterExclusiveAsync(default);
        second.IsCompleted.ShouldBeFalse();
        first.Dispose();
        (await second).Dispose();
    }

    [Fact]
    public async Task A_shared_call_waits_behind_an_exclusive_one_that_waits()
    {
        var inside = await _gate.EnterSharedAsync(default);
        var exclusive = _gate.EnterExclusiveAsync(default);
        var behind = _gate.EnterSharedAsync(default);
        behind.IsCompleted.ShouldBeFalse();
        inside.Dispose();
        (await exclusive).Dispose();
        (await behind).Dispose();
    }

    [Fact]
    public async Task A_waiter_that_gives_up_holds_nobody_up()
    {
        using var patience = new CancellationTokenSource();
        var inside = await _gate.EnterSharedAsync(default);
        var exclusive = _gate.EnterExclusiveAsync(patience.Token);
        var behind = _gate.EnterSharedAsync(default);
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => exclusive);
        (await behind).Dispose();
        inside.Dispose();
    }

    [Fact]
    public async Task Under_many_random_calls_an_exclusive_one_is_always_alone()
    {
        var shared = 0;
        var exclusive = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 2000),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, _) =>
            {
                if (i % 7 == 0)
                {
                    using var pass = await _gate.EnterExclusiveAsync(default);
                    Interlocked.Increment(ref exclusive).ShouldBe(1);
                    Volatile.Read(ref shared).ShouldBe(0);
                    await Task.Yield();
                    Interlocked.Decrement(ref exclusive);
                }
                else
                {
                    using var pass = await _gate.EnterSharedAsync(default);
                    Interlocked.Increment(ref shared);
                    Volatile.Read(ref exclusive).ShouldBe(0);
                    await Task.Yield();
                    Interlocked.Decrement(ref shared);
                }
            });
        (await _gate.EnterExclusiveAsync(default)).Dispose();
    }
}
