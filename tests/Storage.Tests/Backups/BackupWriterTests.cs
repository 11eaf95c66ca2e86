using System.Collections.Concurrent;
using ImageSearch.Storage.Backups;
using ImageSearch.Storage.Tests.Catalog;

namespace ImageSearch.Storage.Tests.Backups;

public sealed class BackupWriterTests
{
    [Fact]
    public async Task A_backup_has_every_write_that_was_acknowledged_before_it_began_and_no_half_of_a_later_one()
    {
        await using var shop = await BackedUpCatalog.CreateAsync(rows: 200);
        using var stop = new CancellationTokenSource();
        var acknowledged = new ConcurrentDictionary<long, int>();
        var deleted = new ConcurrentBag<long>();
        var writers = Enumerable.Range(0, 4).Select(number => WriteUntilAsync(shop, number, acknowledged, deleted, stop.Token)).ToList();
        await UntilAsync(() => acknowledged.Count > 100 && !deleted.IsEmpty);

        var (before, gone) = (acknowledged.ToDictionary(), deleted.ToHashSet());
        var manifest = await shop.WriteAsync("loaded", shop.Options with { MegabytesPerSecond = 1 });
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        acknowledged.Count.ShouldBeGreaterThan(before.Count, "writes went on during the backup");
        var check = new BackupCheck(shop.PathOf("loaded"));
        check.CheckCatalog(await check.CheckFilesAsync(_ => { }, default));
        var rows = await BackedUpCatalog.RowsOfAsync(await shop.RestoreAsync("loaded"));
        manifest.Tables.ShouldBe([new BackupTable("shop", rows.Count)]);
        var later = deleted.ToHashSet();
        foreach (var (id, version) in before.Where(row => !later.Contains(row.Key))) rows[id].Version.ShouldBeGreaterThanOrEqualTo(version);
        rows.Keys.ShouldNotContain(id => gone.Contains(id));
        // The rows of one write of several have keys of one batch.
        rows.Values.Where(row => row.Key!.StartsWith("batch", StringComparison.Ordinal)).GroupBy(row => row.Key!.Split('.')[0]).ShouldAllBe(batch => batch.Count() == 5);
    }

    [Fact]
    public async Task The_manifest_tells_tables_rows_sizes_and_hashes()
    {
        await using var shop = await BackedUpCatalog.CreateAsync(rows: 3);
        await shop.Catalog.CreateTableAsync(TableName.Parse("empty").Value, Rows.Model, Metric.L2, default);
        await shop.Catalog.DropTableAsync((await shop.Catalog.CreateTableAsync(TableName.Parse("dropped").Value, Rows.Model, Metric.L2, default)).Generation, default);

        var manifest = await shop.WriteAsync("one");

        manifest.Tables.ShouldBe([new BackupTable("empty", 0), new BackupTable("shop", 3)]);
        manifest.Catalog.ShouldBe(shop.Catalog.Identity);
        manifest.Files.Select(file => file.Path).ShouldBe(["catalog.db"]);
        manifest.TotalBytes().ShouldBe(new FileInfo(Path.Combine(shop.PathOf("one"), "catalog.db")).Length);
        new BackupFolder(shop.Options.Folder).Find(BackedUpCatalog.Name("one")).ShouldNotBeNull().ShouldBeEquivalentTo(manifest);
    }

    [Fact]
    public async Task Indexes_are_copied_without_their_locks_and_unfinished_files()
    {
        await using var shop = await BackedUpCatalog.CreateAsync();
        foreach (var name in (string[])["index.snapshot", "vectors.f32", "lock", "index.snapshot.new"]) shop.AddIndexFile(name, [1, 2, 3]);

        var manifest = await shop.WriteAsync("one");

        manifest.Files.Select(file => file.Path).ShouldBe(["catalog.db", "index/1_shop/index.snapshot", "index/1_shop/vectors.f32"]);
        var restored = await shop.RestoreAsync("one");
        File.ReadAllBytes(Path.Combine(restored, "index", "1_shop", "vectors.f32")).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task A_cancelled_backup_leaves_nothing_and_the_last_one_as_it_was()
    {
        await using var shop = await BackedUpCatalog.CreateAsync();
        await shop.WriteAsync("good");
        shop.AddIndexFile("vectors.f32", new byte[4 << 20]);
        using var cancel = new CancellationTokenSource();

        var backup = shop.WriteAsync("slow", shop.Options with { MegabytesPerSecond = 1 }, cancel.Token);
        await UntilAsync(() => shop.Entries.Contains("slow.partial"));
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(backup);
        shop.Entries.ShouldBe(["good"]);
        await new BackupCheck(shop.PathOf("good")).CheckFilesAsync(_ => { }, default);
    }

    [Fact]
    public async Task A_backup_for_which_the_disk_has_no_room_is_not_begun()
    {
        await using var shop = await BackedUpCatalog.CreateAsync();

        var fault = await Should.ThrowAsync<BackupException>(shop.WriteAsync("one", shop.Options with { FreeBytes = _ => DiskReserve.Bytes }));

        fault.Message.ShouldContain("BACKUP_KEEP");
        shop.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_backup_stops_at_the_reserve_of_the_disk_and_leaves_nothing()
    {
        await using var shop = await BackedUpCatalog.CreateAsync();
        shop.AddIndexFile("vectors.f32", new byte[20 << 20]);
        long free = 2 * DiskReserve.Bytes;
        // Other programs fill the disk after the first look.
        var filling = shop.Options with { FreeBytes = _ => Interlocked.Exchange(ref free, DiskReserve.Bytes - 1) };

        var fault = await Should.ThrowAsync<BackupException>(shop.WriteAsync("one", filling));

        fault.Message.ShouldContain("1024 MB");
        shop.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_killed_process_left_is_removed_before_the_next_backup()
    {
        await using var shop = await BackedUpCatalog.CreateAsync();
        await shop.WriteAsync("good");
        foreach (var name in (string[])["dead.partial", "old.removed", "not.ours"]) Directory.CreateDirectory(Path.Combine(shop.PathOf(name), "index"));

        await shop.WriteAsync("next");

        shop.Entries.ShouldBe(["good", "next", "not.ours"]);
    }

    [Fact]
    public async Task The_oldest_backups_of_a_catalog_are_removed_and_those_of_another_are_not()
    {
        await using var shop = await BackedUpCatalog.CreateAsync();
        await using var other = await BackedUpCatalog.CreateAsync();
        await other.WriteAsync("other", shop.Options);
        foreach (var name in (string[])["c", "b", "a"]) await shop.WriteAsync(name);

        new BackupWriter(shop.Options with { Keep = 2 }, TimeProvider.System).Prune(shop.Catalog.Identity);

        shop.Entries.ShouldBe(["a", "b", "other"]);
    }

    [Fact]
    public async Task Two_processes_do_not_write_into_one_folder_of_backups_at_a_time()
    {
        await using var shop = await BackedUpCatalog.CreateAsync();
        using var held = new BackupFolder(shop.Options.Folder).Lock();

        (await Should.ThrowAsync<BackupException>(shop.WriteAsync("one"))).Code.ShouldBe(FailureCode.BackupRunning);
    }

    private static async Task WriteUntilAsync(
        BackedUpCatalog shop, int number, ConcurrentDictionary<long, int> acknowledged, ConcurrentBag<long> deleted, CancellationToken stop)
    {
        var own = new List<long>();
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            switch (i % 4)
            {
                case 0:
                    var added = (await shop.Catalog.AddAsync(shop.Table, Rows.Row(i, $"{number}-{i}"), default)).Value;
                    acknowledged[added.Id] = added.Version;
                    own.Add(added.Id);
                    break;
                case 1:
                    var batch = Enumerable.Range(0, 5).Select(n => Rows.Row(n, $"batch{number}-{i}.{n}")).ToList();
                    foreach (var row in (await shop.Catalog.AddManyAsync(shop.Table, batch, searchable: true, default)).Value!) acknowledged[row.Value.Id] = row.Value.Version;
                    break;
                case 2:
                    var changed = (await shop.Catalog.ChangeAsync(shop.Table, Rows.Change(own[^1], Rows.Vector(i)), default)).Value;
                    acknowledged[changed.Id] = changed.Version;
                    break;
                default:
                    await shop.Catalog.DeleteByIdsAsync(shop.Table, [own[0]], default);
                    deleted.Add(own[0]);
                    own.RemoveAt(0);
                    break;
            }
        }
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!holds()) await Task.Delay(1, timeout.Token);
    }
}
