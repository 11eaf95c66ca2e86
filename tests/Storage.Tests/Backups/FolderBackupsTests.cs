using ImageSearch.Storage.Backups;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.Backups;

public sealed class FolderBackupsTests
{
    private static readonly BackupListQuery All = new(null, 100);

    [Fact]
    public async Task Only_one_backup_is_written_at_a_time_and_it_can_be_cancelled()
    {
        await using var shop = await BackedUpCatalog.CreateAsync();
        shop.AddIndexFile("vectors.f32", new byte[8 << 20]);
        await using var running = new Running(shop, shop.Options with { MegabytesPerSecond = 1 });
        running.Backups.Begin(BackedUpCatalog.Name("first")).Value!.State.ShouldBe(BackupState.Running);

        var second = running.Backups.Begin(BackedUpCatalog.Name("second"));
        second.Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.BackupRunning);
        second.Failure.Message.ShouldContain("first");
        var cancelled = await running.Backups.DeleteAsync(BackedUpCatalog.Name("first"), default);

        cancelled.Value!.State.ShouldBe(BackupState.Cancelled);
        shop.Entries.ShouldBeEmpty();
        (await running.UntilEndedAsync(running.Backups.Begin(BackedUpCatalog.Name("second")), fast: false)).State.ShouldBe(BackupState.Cancelled);
    }

    [Fact]
    public async Task A_finished_backup_is_listed_by_every_later_process_until_it_is_removed()
    {
        await using var shop = await BackedUpCatalog.CreateAsync(rows: 3);
        await using (var running = new Running(shop, shop.Options)) (await running.UntilEndedAsync(running.Backups.Begin(null))).State.ShouldBe(BackupState.Finished);
        await using var next = new Running(shop, shop.Options);

        var listed = next.Backups.List(All).Value!.Backups.ShouldHaveSingleItem();

        (listed.State, listed.Tables, listed.Rows).ShouldBe((BackupState.Finished, 1, 3L));
        next.Backups.Begin(listed.Name).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.BackupExists);
        (await next.Backups.DeleteAsync(listed.Name, default)).Value.ShouldBe(listed);
        next.Backups.Describe(listed.Name).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.BackupNotFound);
        shop.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failed_backup_is_listed_with_its_fault_and_its_name_is_free()
    {
        await using var shop = await BackedUpCatalog.CreateAsync();
        long free = 0;
        await using var running = new Running(shop, shop.Options with { FreeBytes = _ => Interlocked.Read(ref free) });

        var failed = await running.UntilEndedAsync(running.Backups.Begin(BackedUpCatalog.Name("one")));

        failed.State.ShouldBe(BackupState.Failed);
        failed.Fault.ShouldNotBeNull().ShouldContain("free some space");
        running.Backups.List(All).Value!.Backups.ShouldBe([failed]);
        Interlocked.Exchange(ref free, long.MaxValue);
        (await running.UntilEndedAsync(running.Backups.Begin(BackedUpCatalog.Name("one")))).State.ShouldBe(BackupState.Finished);
        running.Backups.List(All).Value!.Backups.ShouldHaveSingleItem().State.ShouldBe(BackupState.Finished);
    }

    [Fact]
    public async Task Pages_have_the_newest_first_and_each_backup_once()
    {
        await using var shop = await BackedUpCatalog.CreateAsync();
        foreach (var name in (string[])["a", "b", "c"]) await shop.WriteAsync(name);
        await using var running = new Running(shop, shop.Options);

        var first = running.Backups.List(new BackupListQuery(null, 2)).Value!;
        var second = running.Backups.List(new BackupListQuery(first.Next, 2)).Value!;

        first.Backups.Concat(second.Backups).Select(backup => backup.Name.Value).ShouldBe(["c", "b", "a"]);
        second.Next.ShouldBeNull();
    }

    [Fact]
    public async Task A_backup_ends_when_the_service_stops()
    {
        await using var shop = await BackedUpCatalog.CreateAsync();
        shop.AddIndexFile("vectors.f32", new byte[8 << 20]);
        var running = new Running(shop, shop.Options with { MegabytesPerSecond = 1 });
        running.Backups.Begin(BackedUpCatalog.Name("one"));

        await running.DisposeAsync();

        shop.Entries.ShouldBeEmpty();
        running.Backups.Describe(BackedUpCatalog.Name("one")).Value!.Fault.ShouldBe("the service was stopped");
        running.Backups.Begin(null).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.Busy);
    }

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _task;

        public Running(BackedUpCatalog shop, BackupOptions options)
        {
            Backups = new FolderBackups(options, shop.DataPath, TimeProvider.System, NullLogger<FolderBackups>.Instance);
            _task = Task.Run(() => Backups.RunAsync(_stop.Token));
        }

        public FolderBackups Backups { get; }

        public async Task<BackupStatus> UntilEndedAsync(Result<BackupStatus> begun, bool fast = true)
        {
            var name = begun.Value.ShouldNotBeNull().Name;
            if (!fast) return (await Backups.DeleteAsync(name, default)).Value!;
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (true)
            {
                var status = Backups.Describe(name).Value.ShouldNotBeNull();
                if (status.Ended is not null && Backups.List(All).Value!.Backups.All(backup => backup.State != BackupState.Running)) return status;
                await Task.Delay(2, timeout.Token);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _task;
            _stop.Dispose();
        }
    }
}
