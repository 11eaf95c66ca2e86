using ImageSearch.Storage.Tests.Catalog;
using Microsoft.Data.Sqlite;

namespace ImageSearch.Storage.Tests.Sqlite;

/// <summary>
/// A second connection that holds the file's write lock keeps the writer at the beginning of its commit, so that what comes meanwhile
/// waits together.
/// </summary>
public sealed class GroupCommitTests : IDisposable
{
    private static readonly TableName Shop = TableName.Parse("shop").Value;

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_hundred_writes_that_wait_are_two_commits_at_most()
    {
        await using var catalog = await _folder.OpenAsync();
        var table = await CreateAsync(catalog);
        var before = catalog.Commits;
        using var other = HoldWriteLock();
        var adds = Enumerable.Range(0, 200).Select(i => catalog.AddAsync(table, Rows.Row(i), default)).ToList();

        DataFolder.Execute(other, "COMMIT");

        (await Task.WhenAll(adds)).Select(row => row.Value.Id).ShouldBe(Enumerable.Range(1, 200).Select(id => (long)id));
        (catalog.Commits - before).ShouldBeInRange(1, 2);
    }

    [Fact]
    public async Task A_commit_takes_no_more_than_the_limit()
    {
        await using var catalog = await DataFolder.OpenAsync(_folder.Options with { GroupLimit = 10 });
        var table = await CreateAsync(catalog);
        var before = catalog.Commits;
        using var other = HoldWriteLock();
        var adds = Enumerable.Range(0, 100).Select(i => catalog.AddAsync(table, Rows.Row(i), default)).ToList();

        DataFolder.Execute(other, "COMMIT");

        await Task.WhenAll(adds);
        (catalog.Commits - before).ShouldBeInRange(10, 11);
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
    public async Task A_write_that_fails_leaves_the_others_of_its_commit_alone()
    {
        await using var catalog = await _folder.OpenAsync();
        var table = await CreateAsync(catalog);
        FailAddsTagged("bad", table, "ABORT");
        var before = catalog.Commits;
        using var other = HoldWriteLock();
        var good = Enumerable.Range(0, 10).Select(i => catalog.AddAsync(table, Rows.Row(i), default)).ToList();
        var bad = catalog.AddAsync(table, Rows.Row(tags: "bad"), default);
        good.AddRange(Enumerable.Range(0, 10).Select(i => catalog.AddAsync(table, Rows.Row(i), default)));

        DataFolder.Execute(other, "COMMIT");

        (await Should.ThrowAsync<CatalogException>(bad)).Code.ShouldBe(FailureCode.Internal);
        (await Task.WhenAll(good)).Select(row => row.Value.Id).ShouldBe(Enumerable.Range(1, 20).Select(id => (long)id));
        (catalog.Commits - before).ShouldBeInRange(1, 2);
    }

    [Fact]
    public async Task A_commit_that_fails_fails_its_writes_and_stores_none_of_them()
    {
        await using var catalog = await _folder.OpenAsync();
        var table = await CreateAsync(catalog);
        FailAddsTagged("bad", table, "ROLLBACK");
        using var other = HoldWriteLock();
        var adds = Enumerable.Range(0, 20)
            .Select(i => catalog.AddAsync(table, Rows.Row(tags: i == 10 ? "bad" : "good"), default)).ToList();

        DataFolder.Execute(other, "COMMIT");

        var failed = new List<int>();
        for (var i = 0; i < adds.Count; i++)
        {
            if (await Record.ExceptionAsync(async () => await adds[i]) is { } failure)
            {
                failure.ShouldBeOfType<CatalogException>();
                failed.Add(i);
            }
        }

        // The writer may have begun with some of the first alone; from the bad one on all were waiting together.
        failed.ShouldContain(10);
        failed.ShouldContain(19);
        _folder.Number($"SELECT count(*) FROM {DataFolder.TableOf(table)}").ShouldBe(20 - failed.Count);
        (await catalog.AddAsync(table, Rows.Row(), default)).Value.Id.ShouldBe(21 - failed.Count);
    }

    [Fact]
    public async Task A_write_cancelled_while_it_waits_is_not_stored()
    {
        await using var catalog = await DataFolder.OpenAsync(_folder.Options with { GroupLimit = 1 });
        var table = await CreateAsync(catalog);
        using var cancellation = new CancellationTokenSource();
        using var other = HoldWriteLock();
        var first = catalog.AddAsync(table, Rows.Row(), default);
        var second = catalog.AddAsync(table, Rows.Row(), cancellation.Token);

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(second);
        DataFolder.Execute(other, "COMMIT");

        (await first).Value.Id.ShouldBe(1);
        (await catalog.AddAsync(table, Rows.Row(), default)).Value.Id.ShouldBe(2);
    }

    [Fact]
    public async Task Readers_go_on_while_a_writer_holds_the_file()
    {
        await using var catalog = await _folder.OpenAsync();
        var table = await CreateAsync(catalog);
        var row = (await catalog.AddAsync(table, Rows.Row(), default)).Value;
        using var other = HoldWriteLock();
        var waiting = catalog.AddAsync(table, Rows.Row(), default);

        (await catalog.ReadTextsAsync(table, [row], default)).Value!.Count.ShouldBe(1);
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
            $"CREATE TRIGGER fail BEFORE INSERT ON {DataFolder.TableOf(table)} WHEN NEW.tags = '{tag}' BEGIN SELECT RAISE({how}, 'no'); END");
}
