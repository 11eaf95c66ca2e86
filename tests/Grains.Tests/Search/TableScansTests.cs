using ImageSearch.Grains.Search;

namespace ImageSearch.Grains.Tests.Search;

public sealed class TableScansTests : IDisposable
{
    private readonly TableScans _scans = new();

    public void Dispose() => _scans.Dispose();

    [Fact]
    public async Task More_scans_than_allowed_wait_until_one_ends()
    {
        var ends = Enumerable.Range(0, TableScans.MaxConcurrent + 1).Select(_ => new TaskCompletionSource<int>()).ToArray();
        var started = 0;
        var running = ends.Select(end => _scans.RunAsync(() => { started++; return end.Task; }, default)).ToArray();
        started.ShouldBe(TableScans.MaxConcurrent);

        ends[0].SetResult(1);
        ends[^1].SetResult(2);

        (await running[0]).ShouldBe(1);
        (await running[^1]).ShouldBe(2);
    }

    [Fact]
    public async Task A_scan_that_fails_ends_its_turn()
    {
        for (var i = 0; i <= TableScans.MaxConcurrent; i++)
            await Should.ThrowAsync<IOException>(() => _scans.RunAsync<int>(() => throw new IOException(), default));
    }

    [Fact]
    public async Task A_scan_that_waits_can_be_cancelled()
    {
        var end = new TaskCompletionSource<int>();
        var running = Enumerable.Range(0, TableScans.MaxConcurrent).Select(_ => _scans.RunAsync(() => end.Task, default)).ToArray();
        using var cancelled = new CancellationTokenSource();
        var waiting = _scans.RunAsync(() => Task.FromResult(0), cancelled.Token);

        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        end.SetResult(1);
        await Task.WhenAll(running);
    }
}
