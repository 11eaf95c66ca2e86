using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;
using ImageSearch.Storage.Vectors.Embedded;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Tests.Vectors.Embedded;

/// <summary>Evicting and loading tables.</summary>
public sealed class ResidentTablesTests : IDisposable
{
    private const int Tables = 50;
    private readonly IndexFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Fifty_tables_used_at_random_answer_as_dictionaries_do_within_the_limit(int seed)
    {
        var random = new Random(seed);
        var limit = await BytesOfSmallTableAsync() * 8;
        var model = Enumerable.Range(1, Tables).ToDictionary(number => IndexFolder.Table(number), _ => new Dictionary<long, int>());
        await using var store = _folder.Open(limit);
        foreach (var table in model.Keys) await store.OpenAsync(table, default);
        for (var step = 0; step < 1_500; step++)
        {
            var (table, rows) = model.ElementAt(random.Next(Tables));
            await StepAsync(store, table, rows, random);
            store.Bytes.ShouldBeLessThanOrEqualTo(limit);
        }

        store.Tables.InMemory().Count.ShouldBeLessThan(Tables);
        foreach (var (table, rows) in model) await ShouldHoldAsync(store, table, rows);
    }

    [Fact]
    public async Task A_table_that_is_let_go_leaves_memory_and_comes_back_whole()
    {
        await using var store = _folder.Open();
        var table = IndexFolder.Table(1);
        await store.OpenAsync(table, default);
        await store.PutAsync(table.Generation, [IndexFolder.Row(1), IndexFolder.Row(2)], default);

        store.Release(table.Generation);
        while (store.Bytes > 0) await Task.Yield();

        store.Tables.InMemory().ShouldBeEmpty();
        (await store.SearchAsync(table.Generation, [IndexFolder.Row(2).Whole], 2, null, default)).Select(hit => hit.Row.Id).ShouldBe([2, 1]);
        store.Bytes.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_table_that_is_let_go_while_it_is_used_leaves_afterwards_unless_it_is_used_anew()
    {
        await using var store = _folder.Open();
        var (used, reused) = (IndexFolder.Table(1), IndexFolder.Table(2, "other"));
        foreach (var table in (TableRecord[])[used, reused])
        {
            await store.OpenAsync(table, default);
            await store.PutAsync(table.Generation, [IndexFolder.Row(1)], default);
        }

        var leases = await Task.WhenAll(
            store.Tables.UseAsync(used.Generation, default).AsTask(), store.Tables.UseAsync(reused.Generation, default).AsTask());
        store.Release(used.Generation);
        store.Release(reused.Generation);
        store.Tables.InMemory().Count.ShouldBe(2);
        (await store.Tables.UseAsync(reused.Generation, default)).Dispose();
        foreach (var lease in leases) lease.Dispose();
        while (store.Tables.InMemory().Count > 1) await Task.Yield();

        store.Tables.InMemory().Single().Generation.ShouldBe(reused.Generation);
    }

    [Fact]
    public async Task Writers_and_searchers_at_once_lose_nothing_while_tables_come_and_go()
    {
        const int Workers = 8;
        var limit = await BytesOfSmallTableAsync() * 3;
        var tables = Enumerable.Range(1, 12).Select(number => IndexFolder.Table(number)).ToList();
        await using (var store = _folder.Open(limit))
        {
            foreach (var table in tables) await store.OpenAsync(table, default);
            await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
            {
                var random = new Random(worker);
                for (var id = worker; id < 100 * Workers; id += Workers)
                {
                    var table = tables[id % tables.Count].Generation;
                    await store.PutAsync(table, [IndexFolder.Row(id)], default);
                    (await store.SearchAsync(table, [IndexFolder.Row(id).Whole], 1, null, default))[0].Row.Id.ShouldBe(id);
                    await store.SearchAsync(tables[random.Next(tables.Count)].Generation, [IndexFolder.Vector(id)], 3, null, default);
                }
            })));
            await HoldsAsync(store);
        }

        await using var next = _folder.Open(limit);
        foreach (var table in tables) await next.OpenAsync(table, default);
        await HoldsAsync(next);

        async Task HoldsAsync(EmbeddedVectorStore store)
        {
            for (var i = 0; i < tables.Count; i++)
            {
                var ids = Enumerable.Range(0, 100 * Workers).Where(id => id % tables.Count == i).Select(id => new RowVersion(id, 1));
                var found = await store.ReconcileAsync(tables[i].Generation, IndexFolder.Walk(ids), default);
                (found.Missing.Count, found.Removed).ShouldBe((0, 0));
            }
        }
    }

    [Fact]
    public async Task Callers_that_come_at_once_to_a_table_that_is_away_get_it_from_one_load()
    {
        var (table, other) = (IndexFolder.Table(1), IndexFolder.Table(2));
        await using var store = _folder.Open(await BytesOfSmallTableAsync() * 3 / 2);
        foreach (var each in new[] { table, other })
        {
            await store.OpenAsync(each, default);
            await store.PutAsync(each.Generation, [IndexFolder.Row(1)], default);
        }

        store.Tables.InMemory().ShouldHaveSingleItem().Generation.ShouldBe(other.Generation);

        // A second load of the folder at the same time would fail: it is locked.
        var searches = Enumerable.Range(0, 50).Select(_ => Task.Run(() => store.SearchAsync(table.Generation, [IndexFolder.Vector(1)], 1, null, default)));
        (await Task.WhenAll(searches)).ShouldAllBe(hits => hits.Single().Row.Id == 1);
    }

    [Fact]
    public async Task No_more_tables_are_in_memory_than_the_open_files_allow_however_small_they_are()
    {
        List<TableRecord> tables = [.. Enumerable.Range(1, 10).Select(number => IndexFolder.Table(number))];
        await using var store = _folder.Open(maxInMemory: 3);
        foreach (var table in tables)
        {
            await store.OpenAsync(table, default);
            await store.PutAsync(table.Generation, [IndexFolder.Row(1)], default);
            store.Tables.InMemory().Count.ShouldBeLessThanOrEqualTo(3);
        }

        foreach (var table in tables)
        {
            (await store.SearchAsync(table.Generation, [IndexFolder.Vector(1)], 1, null, default)).ShouldHaveSingleItem();
            store.Tables.InMemory().Count.ShouldBeLessThanOrEqualTo(3);
        }
    }

    [Fact]
    public async Task A_table_in_use_stays()
    {
        var (table, other) = (IndexFolder.Table(1), IndexFolder.Table(2));
        await using var store = _folder.Open(await BytesOfSmallTableAsync() * 3 / 2);
        await store.OpenAsync(table, default);
        using (await store.Tables.UseAsync(table.Generation, default))
        {
            var opening = store.OpenAsync(other, default);
            while (!opening.IsCompleted)
            {
                _folder.Time.Advance(TimeSpan.FromSeconds(1));
                await Task.WhenAny(opening, Task.Delay(1_100));
            }

            store.Tables.InMemory().Select(resident => resident.Generation).ShouldContain(table.Generation);
        }
    }

    [Fact]
    public async Task A_table_larger_than_the_limit_stays_and_the_log_says_once_what_to_raise()
    {
        var (large, small) = (IndexFolder.Table(1, "large"), IndexFolder.Table(2, "small"));
        await using var store = _folder.Open(await BytesOfSmallTableAsync() / 2);
        await store.OpenAsync(large, default);
        for (var id = 1; id <= 5; id++) await store.PutAsync(large.Generation, [IndexFolder.Row(id)], default);

        (await store.SearchAsync(large.Generation, [IndexFolder.Vector(1)], 10, null, default)).Count.ShouldBe(5);
        var (level, text) = _folder.Log.Lines.ShouldHaveSingleItem();
        level.ShouldBe(LogLevel.Warning);
        text.ShouldContain("large__g1");
        text.ShouldContain("raise INDEX_MEMORY_MB");
    }

    [Fact]
    public async Task A_snapshot_that_was_damaged_while_its_table_was_away_asks_for_a_reopening()
    {
        var (table, other) = (IndexFolder.Table(1), IndexFolder.Table(2));
        await using var store = _folder.Open(await BytesOfSmallTableAsync() * 3 / 2);
        await store.OpenAsync(table, default);
        await store.PutAsync(table.Generation, [IndexFolder.Row(1)], default);
        await store.OpenAsync(other, default);
        await File.WriteAllTextAsync(_folder.SnapshotOf(table), "torn");

        for (var i = 0; i < 2; i++)
        {
            (await Should.ThrowAsync<VectorStoreException>(() => store.SearchAsync(table.Generation, [IndexFolder.Vector(1)], 1, null, default)))
                .NeedsReopening.ShouldBeTrue();
        }

        await store.OpenAsync(table, default);
        (await store.ReconcileAsync(table.Generation, IndexFolder.Walk(new RowVersion(1, 1)), default)).Missing.ShouldBe([1L]);
    }

    [Fact]
    public async Task A_table_that_can_t_be_written_stays_in_memory_and_others_leave_instead()
    {
        var tables = Enumerable.Range(1, 3).Select(number => IndexFolder.Table(number)).ToList();
        await using var store = _folder.Open(await BytesOfSmallTableAsync() * 2);
        foreach (var table in tables.Take(2))
        {
            await store.OpenAsync(table, default);
            await store.PutAsync(table.Generation, [.. Enumerable.Range(1, 20).Select(id => IndexFolder.Row(id))], default);
        }

        Directory.Delete(_folder.FolderOf(tables[0]), recursive: true);
        await store.OpenAsync(tables[2], default);

        store.Tables.InMemory().Select(table => table.Generation).ShouldBe([tables[0].Generation, tables[2].Generation]);
        _folder.Log.Lines.ShouldContain(line => line.Level == LogLevel.Error && line.Text.Contains("Free some space on the disk"));
        (await store.SearchAsync(tables[0].Generation, [IndexFolder.Vector(1)], 100, null, default)).Count.ShouldBe(20);
    }

    private static async Task StepAsync(EmbeddedVectorStore store, TableRecord table, Dictionary<long, int> rows, Random random)
    {
        var id = random.Next(1, 20);
        switch (random.Next(4))
        {
            case 0:
                await ShouldHoldAsync(store, table, rows);
                break;
            case 1:
                await store.RemoveAsync(table.Generation, [new RowVersion(id, rows.GetValueOrDefault(id))], default);
                rows.Remove(id);
                break;
            default:
                var version = rows.GetValueOrDefault(id) + 1;
                await store.PutAsync(table.Generation, [IndexFolder.Row(id, version)], default);
                rows[id] = version;
                break;
        }
    }

    private static async Task ShouldHoldAsync(EmbeddedVectorStore store, TableRecord table, Dictionary<long, int> rows) =>
        (await store.SearchAsync(table.Generation, [IndexFolder.Vector(0)], 1_000, null, default))
            .ToDictionary(hit => hit.Row.Id, hit => hit.Row.Version).ShouldBe(rows, ignoreOrder: true);

    private static async Task<long> BytesOfSmallTableAsync()
    {
        await using var store = new EmbeddedVectorStore();
        await store.OpenAsync(IndexFolder.Table(1), default);
        await store.PutAsync(IndexFolder.Table(1).Generation, [.. Enumerable.Range(1, 20).Select(id => IndexFolder.Row(id))], default);
        return store.Bytes;
    }
}
