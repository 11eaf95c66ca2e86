using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.Tests.Catalog;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.MySql;

/// <summary>Two catalogs on one database, like those of two processes.</summary>
public sealed class MySqlNodesTests : IAsyncLifetime
{
    private static readonly TableName Shop = TableName.Parse("shop").Value;

    private readonly TestDatabase? _database = TestDatabase.SkipReason is null ? TestDatabase.Create() : null;
    private MySqlCatalog _here = null!;
    private MySqlCatalog _there = null!;
    private TableRecord _table = null!;

    public async Task InitializeAsync()
    {
        _here = await OpenAsync(_database!.Options);
        _there = await OpenAsync(_database.Options);
        _table = await _here.CreateTableAsync(Shop, Rows.Model, Metric.L2, default);
    }

    public async Task DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
        await _database!.DisposeAsync();
    }

    [MySqlFact]
    public async Task A_table_dropped_by_the_other_process_is_gone_here()
    {
        var row = Value(await _here.AddAsync(_table.Generation, Rows.Row(), default));

        (await _there.DropTableAsync(_table.Generation, default)).ShouldBeTrue();
        var young = await _there.CreateTableAsync(Shop, Rows.Model, Metric.L2, default);

        (await _here.AddAsync(_table.Generation, Rows.Row(), default)).Failure!.Code.ShouldBe(FailureCode.TableDropped);
        (await _here.ReadTextsAsync(_table.Generation, [row], default)).Failure!.Code.ShouldBe(FailureCode.TableDropped);
        (await _here.FindTableAsync(Shop, default)).ShouldBe(young);
        Value(await _here.AddAsync(young.Generation, Rows.Row(), default)).Id.ShouldBe(2);
    }

    [MySqlFact]
    public async Task Both_processes_create_drop_and_add_at_once_and_no_id_is_given_twice()
    {
        var ids = new System.Collections.Concurrent.ConcurrentBag<long>();
        await Task.WhenAll(new[] { _here, _there }.SelectMany(node => Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 15; i++)
            {
                var table = (await node.CreateTableAsync(Shop, Rows.Model, Metric.L2, default)).Generation;
                var added = await node.AddAsync(table, Rows.Row(), default);
                if (added.TryGet(out var row, out var failure)) ids.Add(row.Id);
                else failure.Code.ShouldBe(FailureCode.TableDropped);
                if (i % 5 == 4) await node.DropTableAsync(table, default);
            }
        }))));

        ids.ShouldBeUnique();
        ids.ShouldNotBeEmpty();
    }

    [MySqlFact]
    public async Task Changes_of_the_other_process_are_read_in_order_and_one_s_own_are_passed_over()
    {
        await _here.AddAsync(_table.Generation, Rows.Row(seed: 1), default);
        var added = Value(await _there.AddAsync(_table.Generation, Rows.Row(seed: 2), default));
        var gone = Value(await _there.AddAsync(_table.Generation, Rows.Row(seed: 3), default));
        await _there.DeleteByIdsAsync(_table.Generation, [gone.Id], default);
        var changed = Value(await _there.ChangeAsync(_table.Generation, Rows.Change(added.Id, Rows.Vector(4)), default));

        var last = (await _here.ReadLastChangesAsync(default))[_table.Generation];
        last.ShouldBe(5);
        var changes = (await _here.ReadChangesAsync(_table, 0, default))!;

        changes.Last.ShouldBe(5);
        changes.Put.ShouldHaveSingleItem().Row.ShouldBe(changed);
        changes.Put[0].Whole.ToArray().ShouldBe(Rows.Vector(4));
        changes.Removed.ShouldBe([gone]);
        (await _there.ReadChangesAsync(_table, 0, default))!.Put.ShouldHaveSingleItem().Row.Id.ShouldBe(1);
    }

    [MySqlFact]
    public async Task No_committed_change_is_skipped_while_many_commit_at_once()
    {
        const int Adds = 300;
        var writing = Task.WhenAll(new[] { _here, _there }.SelectMany(node => Enumerable.Range(0, 6).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < Adds / 12; i++) Value(await node.AddAsync(_table.Generation, Rows.Row(i), default));
        }))));
        await using var follower = await OpenAsync(_database!.Options);
        var (seen, after) = (new HashSet<long>(), 0L);
        while (seen.Count < Adds)
        {
            var ended = writing.IsCompleted;
            var last = (await follower.ReadLastChangesAsync(default))[_table.Generation];
            while (after < last)
            {
                var changes = (await follower.ReadChangesAsync(_table, after, default))!;
                foreach (var row in changes.Put) seen.Add(row.Row.Id);
                after = changes.Last;
            }

            if (ended) break;
        }

        await writing;
        seen.Order().ShouldBe(Enumerable.Range(1, Adds).Select(id => (long)id));
    }

    [MySqlFact]
    public async Task A_process_that_writes_a_table_alone_needs_one_statement_an_add()
    {
        await _here.AddAsync(_table.Generation, Rows.Row(), default);
        var before = _here.Pool.Queries.Value;

        for (var i = 0; i < 5; i++) Value(await _here.AddAsync(_table.Generation, Rows.Row(), default));

        (_here.Pool.Queries.Value - before).ShouldBe(5);
    }

    [MySqlFact]
    public async Task A_bulk_add_needs_one_statement_and_two_if_it_replaces_rows()
    {
        NewPicture[] pictures = [.. Enumerable.Range(0, 100).Select(i => Rows.Row(i, $"{i}", replace: true))];
        await _here.AddAsync(_table.Generation, Rows.Row(), default);
        var before = _here.Pool.Queries.Value;

        Value(await _here.AddManyAsync(_table.Generation, pictures, searchable: true, default));
        (_here.Pool.Queries.Value - before).ShouldBe(1);

        // The first bulk add that replaces rows costs a packet more: the writer expects new keys.
        Value(await _here.AddManyAsync(_table.Generation, pictures, searchable: true, default));
        before = _here.Pool.Queries.Value;
        Value(await _here.AddManyAsync(_table.Generation, pictures, searchable: true, default)).ShouldAllBe(row => row.Value.Version == 3);
        (_here.Pool.Queries.Value - before).ShouldBe(2);
    }

    [MySqlFact]
    public async Task A_text_that_a_column_refuses_fails_alone_in_a_bulk_add()
    {
        await _database!.ExecuteAsync("ALTER TABLE shop MODIFY brief VARCHAR(5)");
        await _here.AddAsync(_table.Generation, Rows.Row(), default);

        var results = Value(await _here.AddManyAsync(
            _table.Generation,
            [.. Enumerable.Range(0, 20).Select(i => Rows.Row(i) with { Texts = new PictureTexts("t", i == 7 ? "too long" : "b") })],
            searchable: true,
            default));

        results[7].Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.RequestInvalid);
        results.Where((_, i) => i != 7).Select(row => Value(row).Id).ShouldBe(Enumerable.Range(2, 19).Select(id => (long)id));
        (await _database.NumberAsync("SELECT COUNT(*) FROM shop WHERE brief = 'b'")).ShouldBe(19);
        (await _database.NumberAsync("SELECT COUNT(*) FROM shop")).ShouldBe(20);
    }

    [MySqlFact]
    public async Task Processes_that_take_turns_at_a_table_number_rows_and_changes_without_a_gap()
    {
        var ids = new List<long>();
        foreach (var node in new[] { _here, _there, _here, _here, _there, _there, _there, _here, _there, _here })
            ids.Add(Value(await node.AddAsync(_table.Generation, Rows.Row(), default)).Id);

        ids.ShouldBe(Enumerable.Range(1, 10).Select(id => (long)id));
        (await _database!.NumberAsync("SELECT COUNT(DISTINCT number) FROM `imagesearch$changes` WHERE number <= 10")).ShouldBe(10);
        (await _here.ReadLastChangesAsync(default))[_table.Generation].ShouldBe(10);
    }

    [MySqlFact]
    public async Task A_text_that_a_column_refuses_fails_alone_and_leaves_nothing_of_its_packet()
    {
        await _database!.ExecuteAsync("ALTER TABLE shop MODIFY brief VARCHAR(5)");
        await _here.AddAsync(_table.Generation, Rows.Row(), default);

        var adds = Enumerable.Range(0, 20)
            .Select(i => _here.AddAsync(_table.Generation, Rows.Row(i) with { Texts = new PictureTexts("t", i == 7 ? "too long" : "b") }, default))
            .ToList();
        (await Should.ThrowAsync<CatalogException>(adds[7])).Code.ShouldBe(FailureCode.RequestInvalid);
        adds.RemoveAt(7);
        foreach (var add in adds) Value(await add);

        (await _database.NumberAsync("SELECT COUNT(*) FROM shop")).ShouldBe(20);
        (await _database.NumberAsync("SELECT COUNT(*) FROM shop WHERE brief = 'b'")).ShouldBe(19);
    }

    [MySqlFact]
    public async Task Changes_that_are_no_longer_kept_are_said_to_be_missed()
    {
        for (var i = 0; i < 3; i++) await _there.AddAsync(_table.Generation, Rows.Row(i), default);
        await _database!.ExecuteAsync("DELETE FROM `imagesearch$changes` WHERE number < 3");

        (await _here.ReadChangesAsync(_table, 1, default)).ShouldBeNull();
        (await _here.ReadChangesAsync(_table, 2, default))!.Put.ShouldHaveSingleItem().Row.Id.ShouldBe(3);
    }

    [MySqlTheory]
    [InlineData("creating", true)]
    [InlineData("creating", false)]
    [InlineData("dropping", true)]
    [InlineData("dropping", false)]
    [InlineData("dropped", false)]
    public async Task A_table_whose_process_died_half_way_never_shows_and_is_ended_by_the_next(string state, bool hasTable)
    {
        var number = _table.Generation.Number;
        await _here.AddAsync(_table.Generation, Rows.Row(), default);
        await _database!.ExecuteAsync(
            $"UPDATE `imagesearch$tables` SET state = '{state}', held_name = {(state == "creating" ? "name" : "NULL")} WHERE generation = {number}");
        await _database.ExecuteAsync($"INSERT INTO `imagesearch$names` VALUES ('shop', 1)");
        if (state == "creating") await _database.ExecuteAsync("DELETE FROM shop");
        if (!hasTable) await _database.ExecuteAsync(state == "creating" ? "DROP TABLE shop" : $"RENAME TABLE shop TO `imagesearch$gone_{number}`");

        (await _there.ListTablesAsync(default)).ShouldBeEmpty();
        (await _there.AddAsync(_table.Generation, Rows.Row(), default)).Failure!.Code.ShouldBe(FailureCode.TableDropped);
        var young = await _there.CreateTableAsync(Shop, Rows.Model, Metric.L2, default);

        young.Generation.Number.ShouldBeGreaterThan(number);
        Value(await _here.AddAsync(young.Generation, Rows.Row(), default)).Id.ShouldBe(2);
        Value(await _here.CountSearchableAsync(young.Generation, default)).ShouldBe(1);
        (await _database.NumberAsync("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name LIKE '%gone%'"))
            .ShouldBe(0);
    }

    [MySqlFact]
    public async Task What_a_dead_process_left_is_ended_by_the_next_start()
    {
        await _database!.ExecuteAsync("UPDATE `imagesearch$tables` SET state = 'dropping', held_name = NULL");

        await using var next = await OpenAsync(_database.Options with { SweepInterval = TimeSpan.FromSeconds(0.1) });

        while (await _database.NumberAsync("SELECT COUNT(*) FROM `imagesearch$tables`") > 0) await Task.Yield();
        (await _database.NumberAsync("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'shop'"))
            .ShouldBe(0);
    }

    private static Task<MySqlCatalog> OpenAsync(MySqlOptions options) =>
        MySqlCatalog.OpenAsync(options, TimeProvider.System, NullLogger<MySqlCatalog>.Instance, default);

    private static T Value<T>(Result<T> result)
    {
        result.Failure.ShouldBeNull();
        return result.Value!;
    }
}
