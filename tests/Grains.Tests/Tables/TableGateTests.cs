using ImageSearch.Grains.Tables;

namespace ImageSearch.Grains.Tests.Tables;

public sealed class TableGateTests
{
    private readonly TableGate _gate = new();

    [Fact]
    public async Task Shared_calls_run_concurrently()
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
    public async Task A_shared_call_waits_behind_a_waiting_exclusive_call()
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
    public async Task A_cancelled_waiter_blocks_no_other()
    {
        using var cancel = new CancellationTokenSource();
        var inside = await _gate.EnterSharedAsync(default);
        var exclusive = _gate.EnterExclusiveAsync(cancel.Token);
        var behind = _gate.EnterSharedAsync(default);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => exclusive);
        (await behind).Dispose();
        inside.Dispose();
    }

    [Fact]
    public async Task An_exclusive_call_is_alone_under_many_random_calls()
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
                    using var releaser = await _gate.EnterExclusiveAsync(default);
                    Interlocked.Increment(ref exclusive).ShouldBe(1);
                    Volatile.Read(ref shared).ShouldBe(0);
                    await Task.Yield();
                    Interlocked.Decrement(ref exclusive);
                }
                else
                {
                    using var releaser = await _gate.EnterSharedAsync(default);
                    Interlocked.Increment(ref shared);
                    Volatile.Read(ref exclusive).ShouldBe(0);
                    await Task.Yield();
                    Interlocked.Decrement(ref shared);
                }
            });
        (await _gate.EnterExclusiveAsync(default)).Dispose();
    }
}
