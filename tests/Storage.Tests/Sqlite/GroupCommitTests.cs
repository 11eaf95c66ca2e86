using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Sqlite.Rows;
using ImageSearch.Storage.Tests.Catalog;
using Microsoft.Data.Sqlite;

namespace ImageSearch.Storage.Tests.Sqlite;

public sealed class GroupCommitTests : IDisposable
{
    private static readonly TableName Shop = TableName.Parse("shop").Value;

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_hundred_writes_that_wait_are_one_commit()
    {
        await using var catalog = await _folder.OpenAsync();
        var table = await CreateAsync(catalog);
        using var held = await HeldWriter.HoldAsync(catalog);
        var adds = Enumerable.Range(0, 200).Select(i => catalog.AddAsync(table, Rows.Row(i), default)).ToList();
        var before = catalog.Writer.Commits;

        await held.ReleaseAsync();

        (await Task.WhenAll(adds)).Select(row => row.Value.Id).ShouldBe(Enumerable.Range(1, 200).Select(id => (long)id));
        (catalog.Writer.Commits - before).ShouldBe(1 + 1);
    }

    [Fact]
    public async Task A_commit_takes_no_more_than_the_limit()
    {
        await using var catalog = await DataFolder.OpenAsync(_folder.Options with { GroupLimit = 10 });
        var table = await CreateAsync(catalog);
        using var held = await HeldWriter.HoldAsync(catalog);
        var adds = Enumerable.Range(0, 100).Select(i => catalog.AddAsync(table, Rows.Row(i), default)).ToList();
        var before = catalog.Writer.Commits;

        await held.ReleaseAsync();

        await Task.WhenAll(adds);
        (catalog.Writer.Commits - before).ShouldBe(1 + 10);
    }

    [Fact]
    public async Task More_writes_than_the_queue_holds_wait_for_room()
    {
        await using var catalog = await DataFolder.OpenAsync(_folder.Options with { QueueCapacity = 4, GroupLimit = 2 });
        var table = await CreateAsync(catalog);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => catalog.AddAsync(table, Rows.Row(i), default)));

        (await catalog.CountSearchableAsync(table, default)).Value.ShouldBe(100);
    }

    [Fact]
    public async Task A_bulk_add_is_one_commit_and_shares_it_with_waiting_writes()
    {
        await using var catalog = await _folder.OpenAsync();
        var table = await CreateAsync(catalog);
        using var held = await HeldWriter.HoldAsync(catalog);
        var add = catalog.AddAsync(table, Rows.Row(), default);
        var adds = catalog.AddManyAsync(table, [.. Enumerable.Range(0, 100).Select(i => Rows.Row(i))], searchable: true, default);
        var before = catalog.Writer.Commits;

        await held.ReleaseAsync();

        (await adds).Value!.Select(row => row.Value.Id).ShouldBe(Enumerable.Range(2, 100).Select(id => (long)id));
        (await add).Value.Id.ShouldBe(1);
        (catalog.Writer.Commits - before).ShouldBe(1 + 1);
    }

    [Fact]
    public async Task A_commit_counts_the_rows_of_a_bulk_add_for_its_limit()
    {
        await using var catalog = await DataFolder.OpenAsync(_folder.Options with { GroupLimit = 10 });
        var table = await CreateAsync(catalog);
        using var held = await HeldWriter.HoldAsync(catalog);
        var adds = Enumerable.Range(0, 6)
            .Select(_ => catalog.AddManyAsync(table, [.. Enumerable.Range(0, 5).Select(i => Rows.Row(i))], searchable: true, default)).ToList();
        var before = catalog.Writer.Commits;

        await held.ReleaseAsync();

        await Task.WhenAll(adds);
        (catalog.Writer.Commits - before).ShouldBe(1 + 3);
    }

    [Fact]
    public async Task A_row_that_the_file_refuses_fails_alone_in_a_bulk_add()
    {
        await using var catalog = await _folder.OpenAsync();
        var table = await CreateAsync(catalog);
        FailAddsTagged("bad", table, "ABORT");

        var results = (await catalog.AddManyAsync(
            table, [.. Enumerable.Range(0, 20).Select(i => Rows.Row(i, tags: i == 7 ? "bad" : "good"))], searchable: true, default)).Value!;

        results[7].Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.Internal);
        results.Where((_, i) => i != 7).Select(row => row.Value.Id).ShouldBe(Enumerable.Range(1, 19).Select(id => (long)id));
        _folder.Number($"SELECT count(*) FROM {DataFolder.RowsOf(table)}").ShouldBe(19);
    }

    [Fact]
    public async Task A_write_that_fails_leaves_the_others_of_its_commit_alone()
    {
        await using var catalog = await _folder.OpenAsync();
        var table = await CreateAsync(catalog);
        FailAddsTagged("bad", table, "ABORT");
        using var held = await HeldWriter.HoldAsync(catalog);
        var good = Enumerable.Range(0, 10).Select(i => catalog.AddAsync(table, Rows.Row(i), default)).ToList();
        var bad = catalog.AddAsync(table, Rows.Row(tags: "bad"), default);
        good.AddRange(Enumerable.Range(0, 10).Select(i => catalog.AddAsync(table, Rows.Row(i), default)));
        var before = catalog.Writer.Commits;

        await held.ReleaseAsync();

        (await Should.ThrowAsync<CatalogException>(bad)).Code.ShouldBe(FailureCode.Internal);
        (await Task.WhenAll(good)).Select(row => row.Value.Id).ShouldBe(Enumerable.Range(1, 20).Select(id => (long)id));
        (catalog.Writer.Commits - before).ShouldBe(1 + 1);
    }

    [Fact]
    public async Task A_commit_that_fails_fails_all_its_writes_and_stores_none_of_them()
    {
        await using var catalog = await _folder.OpenAsync();
        var table = await CreateAsync(catalog);
        FailAddsTagged("bad", table, "ROLLBACK");
        using var held = await HeldWriter.HoldAsync(catalog);
        var adds = Enumerable.Range(0, 20)
            .Select(i => catalog.AddAsync(table, Rows.Row(tags: i == 10 ? "bad" : "good"), default)).ToList();

        await held.ReleaseAsync();

        foreach (var add in adds)
        {
            await Should.ThrowAsync<CatalogException>(add);
        }

        _folder.Number($"SELECT count(*) FROM {DataFolder.RowsOf(table)}").ShouldBe(0);
        (await catalog.AddAsync(table, Rows.Row(), default)).Value.Id.ShouldBe(1);
    }

    [Fact]
    public async Task A_write_cancelled_while_it_waits_is_not_stored()
    {
        await using var catalog = await _folder.OpenAsync();
        var table = await CreateAsync(catalog);
        using var cancellation = new CancellationTokenSource();
        using var held = await HeldWriter.HoldAsync(catalog);
        var cancelled = catalog.AddAsync(table, Rows.Row(), cancellation.Token);
        var other = catalog.AddAsync(table, Rows.Row(), default);

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(cancelled);
        await held.ReleaseAsync();

        (await other).Value.Id.ShouldBe(1);
        (await catalog.CountSearchableAsync(table, default)).Value.ShouldBe(1);
    }

    [Fact]
    public async Task A_write_cancelled_after_it_has_begun_is_committed_and_answered()
    {
        await using var catalog = await _folder.OpenAsync();
        using var cancellation = new CancellationTokenSource();
        var write = catalog.Writer.WriteAsync(
            _ =>
            {
                cancellation.Cancel();
                return 7;
            },
            cancellation.Token);

        (await write).ShouldBe(7);
    }

    [Fact]
    public async Task Readers_go_on_while_a_writer_holds_the_file()
    {
        await using var catalog = await _folder.OpenAsync();
        var table = await CreateAsync(catalog);
        var row = (await catalog.AddAsync(table, Rows.Row(), default)).Value;
        using var other = HoldWriteLock();
        var waiting = catalog.AddAsync(table, Rows.Row(), default);

        (await catalog.ReadTextsAsync(table, [row], default)).Value!.Texts.Count.ShouldBe(1);
        (await catalog.CountSearchableAsync(table, default)).Value.ShouldBe(1);

        waiting.IsCompleted.ShouldBeFalse();
        DataFolder.Execute(other, "COMMIT");
        await waiting;
    }

    [Fact]
    public async Task A_file_that_another_program_holds_locked_fails_a_write_with_a_sentence_and_the_next_goes_well()
    {
        await using var catalog = await DataFolder.OpenAsync(_folder.Options with { BusyTimeout = TimeSpan.Zero });
        var table = await CreateAsync(catalog);
        using (HoldWriteLock())
        {
            var failure = await Should.ThrowAsync<CatalogException>(async () => await catalog.AddAsync(table, Rows.Row(), default));
            failure.Code.ShouldBe(FailureCode.CatalogUnavailable);
            failure.Message.ShouldContain("locked by another program");
        }

        (await catalog.AddAsync(table, Rows.Row(), default)).Value.Id.ShouldBe(1);
    }

    private static async Task<TableGeneration> CreateAsync(SqliteCatalog catalog) =>
        (await catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, default)).Generation;

    private SqliteConnection HoldWriteLock()
    {
        var connection = _folder.Connect();
        DataFolder.Execute(connection, "BEGIN IMMEDIATE");
        return connection;
    }

    private void FailAddsTagged(string tag, TableGeneration table, string how) =>
        _folder.Execute(
            $"CREATE TRIGGER fail BEFORE INSERT ON {RowSql.Table} WHEN NEW.generation = {table.Number} AND NEW.tags = '{tag}' BEGIN SELECT RAISE({how}, 'no'); END");
}
