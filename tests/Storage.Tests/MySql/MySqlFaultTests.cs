using System.Data.Common;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.Tests.Catalog;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.MySql;

/// <summary>Faults of the network and the server: acknowledged writes are stored once, rejected ones are not stored.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit calls IAsyncLifetime.DisposeAsync.")]
public sealed class MySqlFaultTests : IAsyncLifetime
{
    private static readonly TableName Shop = TableName.Parse("shop").Value;

    private readonly TestDatabase? _database = TestDatabase.SkipReason is null ? TestDatabase.Create() : null;
    private FaultyNetwork _network = null!;
    private MySqlCatalog _catalog = null!;
    private TableGeneration _table;

    public async Task InitializeAsync()
    {
        _network = new FaultyNetwork(_database!.Options.Port);
        _catalog = await OpenAsync(Options);
        _table = (await _catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, default)).Generation;
    }

    public async Task DisposeAsync()
    {
        await _catalog.DisposeAsync();
        await _network.DisposeAsync();
        await _database!.DisposeAsync();
    }

    private MySqlOptions Options => _database!.Options with
    {
        Port = _network.Port,
        // The bytes of a COMMIT packet distinguish it from others.
        Tls = MySqlTls.Off,
        LockTimeout = TimeSpan.FromSeconds(1),
        StatementTimeout = TimeSpan.FromSeconds(2),
        ConnectTimeout = TimeSpan.FromSeconds(1),
    };

    [MySqlFact]
    public async Task Calls_go_on_after_all_connections_are_cut()
    {
        var row = await AddAsync("1");
        _network.CutAll();

        Value(await _catalog.CountSearchableAsync(_table, default)).ShouldBe(1);
        _network.CutAll();
        (await AddAsync("2")).Id.ShouldBe(2);
        _network.CutAll();
        Value(await _catalog.ReadTextsAsync(_table, [row], default)).Texts.Count.ShouldBe(1);
    }

    [MySqlFact]
    public async Task Calls_wait_for_a_server_that_comes_back_within_the_deadline()
    {
        _network.Down = true;
        _network.CutAll();
        var (add, count) = (AddAsync("1"), _catalog.CountSearchableAsync(_table, default));

        _network.Down = false;

        (await add).Id.ShouldBe(1);
        Value(await count).ShouldBeInRange(0, 1);
    }

    [MySqlTheory]
    [InlineData(AtCommit.CutBefore, false)]
    [InlineData(AtCommit.CutAfter, false)]
    [InlineData(AtCommit.Hang, false)]
    [InlineData(AtCommit.CutBefore, true)]
    [InlineData(AtCommit.CutAfter, true)]
    [InlineData(AtCommit.Hang, true)]
    public async Task A_commit_that_the_network_swallows_is_stored_once(AtCommit what, bool inOnePacket)
    {
        // The writer must know the table to send a whole transaction in one packet.
        if (inOnePacket)
        {
            await AddAsync("before");
            await _database!.ExecuteAsync("DELETE FROM shop");
        }

        _network.AtNextCommit(what);

        var rows = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => AddAsync($"{i}")));

        rows.Select(row => row.Id).Distinct().Count().ShouldBe(5);
        (await _database!.NumberAsync("SELECT COUNT(*) FROM shop")).ShouldBe(5);
        (await _database.NumberAsync("SELECT COUNT(DISTINCT tags) FROM shop")).ShouldBe(5);
    }

    [MySqlTheory]
    [InlineData(AtCommit.CutBefore, false)]
    [InlineData(AtCommit.CutAfter, false)]
    [InlineData(AtCommit.CutBefore, true)]
    [InlineData(AtCommit.CutAfter, true)]
    public async Task A_bulk_add_whose_commit_the_network_swallows_is_stored_once(AtCommit what, bool inOnePacket)
    {
        if (inOnePacket) await AddAsync("before");
        _network.AtNextCommit(what);

        var rows = Value(await _catalog.AddManyAsync(
            _table, [.. Enumerable.Range(0, 5).Select(i => Rows.Row(i, $"{i}", replace: true))], searchable: true, default));

        rows.Select(row => Value(row).Version).ShouldBe(Enumerable.Repeat(1, 5));
        (await _database!.NumberAsync("SELECT COUNT(DISTINCT item_key) FROM shop")).ShouldBe(5);
        (await _database.NumberAsync("SELECT COUNT(*) FROM shop WHERE version = 1 AND item_key IS NOT NULL")).ShouldBe(5);
    }

    [MySqlTheory]
    [InlineData(AtCommit.CutBefore)]
    [InlineData(AtCommit.CutAfter)]
    public async Task A_drop_whose_commit_the_network_swallows_is_answered_as_done(AtCommit what)
    {
        _network.AtNextCommit(what);

        (await _catalog.DropTableAsync(_table, default)).ShouldBeTrue();

        (await _catalog.FindTableAsync(Shop, default)).ShouldBeNull();
        (await _database!.NumberAsync("SELECT COUNT(*) FROM `imagesearch$tables`")).ShouldBe(0);
    }

    [MySqlTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_commit_whose_outcome_can_t_be_found_out_is_reported_as_that(bool inOnePacket)
    {
        await using var impatient = await OpenAsync(Options with { RetryDeadline = TimeSpan.FromSeconds(1) });
        if (inOnePacket) Value(await impatient.AddAsync(_table, Rows.Row(tags: "0"), default));
        var before = _network.Commits;
        _network.AtNextCommit(AtCommit.CutAfter);
        var add = impatient.AddAsync(_table, Rows.Row(tags: "1"), default);
        while (_network.Commits == before) await Task.Yield();
        _network.Down = true;
        _network.CutAll();

        var failure = await Should.ThrowAsync<CatalogException>(add);

        failure.Code.ShouldBe(FailureCode.CatalogUnavailable);
        failure.Message.ShouldContain("may or may not be stored");
        _network.Down = false;
        Value(await impatient.AddAsync(_table, Rows.Row(tags: "2"), default)).Version.ShouldBe(1);
    }

    [MySqlFact]
    public async Task A_server_that_is_gone_is_said_clearly_and_nothing_is_stored()
    {
        await using var impatient = await OpenAsync(Options with { RetryDeadline = TimeSpan.Zero });
        _network.Down = true;
        _network.CutAll();

        foreach (var call in new Func<Task>[]
                 {
                     () => impatient.AddAsync(_table, Rows.Row(tags: "1"), default),
                     () => impatient.CountSearchableAsync(_table, default),
                     () => impatient.ListTablesAsync(default),
                 })
        {
            var failure = await Should.ThrowAsync<CatalogException>(call);
            failure.Code.ShouldBe(FailureCode.CatalogUnavailable);
            failure.Message.ShouldContain("can't be reached");
            failure.Message.ShouldNotContain("password");
        }

        _network.Down = false;
        Value(await impatient.CountSearchableAsync(_table, default)).ShouldBe(0);
    }

    [MySqlFact]
    public async Task A_network_that_hangs_fails_calls_with_a_sentence_and_they_go_well_afterwards()
    {
        await using var impatient = await OpenAsync(Options with { RetryDeadline = TimeSpan.Zero, StatementTimeout = TimeSpan.FromSeconds(1) });
        _network.Stuck = true;

        (await Should.ThrowAsync<CatalogException>(impatient.CountSearchableAsync(_table, default))).Code
            .ShouldBe(FailureCode.CatalogUnavailable);
        (await Should.ThrowAsync<CatalogException>(impatient.AddAsync(_table, Rows.Row(), default))).Code
            .ShouldBe(FailureCode.CatalogUnavailable);

        _network.Stuck = false;
        Value(await impatient.CountSearchableAsync(_table, default)).ShouldBe(0);
        Value(await impatient.AddAsync(_table, Rows.Row(), default)).Version.ShouldBe(1);
    }

    [MySqlFact]
    public async Task A_row_that_a_shop_s_own_transaction_holds_is_waited_for()
    {
        var row = await AddAsync("1");
        await using var shop = await _database!.ConnectAsync();
        await RunAsync(shop, "START TRANSACTION");
        await RunAsync(shop, "UPDATE shop SET brief = 'theirs' WHERE id = 1");
        var change = _catalog.ChangeAsync(_table, Rows.Change(row.Id, new PictureTexts("ours")), default);
        var add = AddAsync("2");

        change.IsCompleted.ShouldBeFalse();
        await RunAsync(shop, "COMMIT");

        Value(await change).ShouldBe(row);
        (await add).Id.ShouldBe(2);
        Value(await _catalog.ReadTextsAsync(_table, [row], default)).Texts[1].ShouldBe(new PictureTexts("ours", "theirs"));
    }

    [MySqlFact]
    public async Task A_row_that_stays_locked_is_refused_with_a_sentence_and_not_changed()
    {
        await using var impatient = await OpenAsync(Options with { RetryDeadline = TimeSpan.Zero });
        var row = await AddAsync("1");
        await using (var shop = await _database!.ConnectAsync())
        {
            await RunAsync(shop, "START TRANSACTION");
            await RunAsync(shop, "UPDATE shop SET brief = 'theirs' WHERE id = 1");
            var failure = await Should.ThrowAsync<CatalogException>(
                impatient.ChangeAsync(_table, Rows.Change(row.Id, new PictureTexts("ours")), default));
            failure.Message.ShouldContain("row locks");
            await RunAsync(shop, "ROLLBACK");
        }

        Value(await _catalog.ReadTextsAsync(_table, [row], default)).Texts[1].Tags.ShouldBe("1");
    }

    [MySqlFact]
    public async Task The_pool_s_limit_holds_under_load()
    {
        // With the usual timeouts: a busy machine must not look like a hanging network.
        await using var network = new FaultyNetwork(_database!.Options.Port);
        await using var catalog = await OpenAsync(_database.Options with { Port = network.Port });
        var calls = Enumerable.Range(0, 300).Select(
            i => i % 3 == 0 ? (Task)catalog.AddAsync(_table, Rows.Row(i), default) : catalog.CountSearchableAsync(_table, default));

        await Task.WhenAll(calls);

        network.MaxLinks.ShouldBeInRange(2, _database.Options.PoolSize);
    }

    [MySqlFact]
    public async Task Cuts_under_load_lose_nothing_and_store_nothing_twice()
    {
        using var enough = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var own = new List<string>();
            for (var i = 0; !enough.IsCancellationRequested; i++)
            {
                await AddAsync($"{writer}/{i}");
                own.Add($"{writer}/{i}");
            }

            return own;
        })).ToList();
        for (var cut = 0; cut < 30; cut++)
        {
            var before = _network.Commits;
            while (_network.Commits < before + 3) await Task.Yield();
            if (cut % 3 == 0) _network.CutAll();
            else _network.AtNextCommit(cut % 3 == 1 ? AtCommit.CutAfter : AtCommit.CutBefore);
        }

        await enough.CancelAsync();
        var acknowledged = (await Task.WhenAll(writers)).SelectMany(own => own).ToList();

        (await _database!.NumberAsync("SELECT COUNT(*) FROM shop")).ShouldBe(acknowledged.Count);
        (await _database.NumberAsync("SELECT COUNT(DISTINCT tags) FROM shop")).ShouldBe(acknowledged.Count);
    }

    private static Task<MySqlCatalog> OpenAsync(MySqlOptions options) =>
        MySqlCatalog.OpenAsync(options, TimeProvider.System, NullLogger<MySqlCatalog>.Instance, default);

    private static async Task RunAsync(DbConnection connection, string sql)
    {
        await using var command = TestDatabase.Command(connection, sql, []);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<RowVersion> AddAsync(string tags) => Value(await _catalog.AddAsync(_table, Rows.Row(tags: tags), default));

    private static T Value<T>(Result<T> result)
    {
        result.Failure.ShouldBeNull();
        return result.Value!;
    }
}
