using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Sqlite.Schema;
using ImageSearch.Storage.Sqlite.Sessions;
using ImageSearch.Storage.Sqlite.Writing;
using ImageSearch.Storage.Tests.Catalog;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.Sqlite;

public sealed class SqliteOpeningTests : IDisposable
{
    private static readonly TableName Shop = TableName.Parse("shop").Value;

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_missing_data_folder_is_made()
    {
        var options = new SqliteOptions { DataFolder = Path.Combine(_folder.Path, "a", "b") };

        await using var catalog = await DataFolder.OpenAsync(options);

        File.Exists(options.DatabasePath).ShouldBeTrue();
    }

    [Fact]
    public async Task A_data_folder_that_is_a_file_is_refused_with_a_sentence()
    {
        var path = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(path, "");

        var failure = await RefusedAsync(new SqliteOptions { DataFolder = path });

        failure.Message.ShouldContain("DATA_PATH");
        failure.Message.ShouldContain("can't be written");
    }

    [Fact]
    public async Task A_folder_that_is_open_in_this_process_is_refused()
    {
        await using var catalog = await _folder.OpenAsync();

        (await RefusedAsync(_folder.Options)).Message.ShouldContain("in use by another ImageSearch process");
    }

    [Fact]
    public async Task A_closed_catalog_leaves_one_file_without_a_log_and_lets_the_folder_go()
    {
        await using (var catalog = await _folder.OpenAsync())
        {
            await catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, default);
        }

        Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order().ShouldBe(["catalog.db", "catalog.lock"]);
        await using var again = await _folder.OpenAsync();
        (await again.FindTableAsync(Shop, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_file_is_write_ahead_logged_and_every_commit_is_synced()
    {
        await using var catalog = await _folder.OpenAsync();

        _folder.Scalar("PRAGMA journal_mode").ShouldBe("wal");
        using var session = SqliteSession.OpenWriter(_folder.Options);
        session.Scalar("PRAGMA synchronous").ShouldBe(2L);
        session.Scalar("PRAGMA foreign_keys").ShouldBe(1L);
    }

    [Fact]
    public async Task Reading_connections_can_not_write()
    {
        await using var catalog = await _folder.OpenAsync();
        using var session = SqliteSession.OpenReader(_folder.Options);

        Should.Throw<Microsoft.Data.Sqlite.SqliteException>(() => session.Execute("DELETE FROM imagesearch_tables"));
    }

    [Fact]
    public async Task A_newer_schema_is_refused_and_left_alone()
    {
        await (await _folder.OpenAsync()).DisposeAsync();
        _folder.Execute("PRAGMA user_version = 4");

        (await RefusedAsync(_folder.Options)).Message.ShouldContain("newer ImageSearch (schema 4, this one knows 3)");

        _folder.Number("PRAGMA user_version").ShouldBe(4);
    }

    [Fact]
    public async Task Another_programs_file_is_refused_and_left_alone()
    {
        _folder.Execute("CREATE TABLE theirs (x)");

        (await RefusedAsync(_folder.Options)).Message.ShouldContain("another program's file");

        _folder.Number("SELECT count(*) FROM sqlite_master").ShouldBe(1);
    }

    [Fact]
    public async Task A_damaged_file_is_refused_with_a_sentence_and_the_folder_is_free_again()
    {
        await File.WriteAllTextAsync(_folder.Options.DatabasePath, new string('x', 5000));

        (await RefusedAsync(_folder.Options)).Message.ShouldContain("restore the data folder from a backup");

        File.Delete(_folder.Options.DatabasePath);
        await using var catalog = await _folder.OpenAsync();
    }

    [Fact]
    public async Task A_file_that_is_gone_makes_writes_fail_instead_of_writing_to_nowhere()
    {
        await using var catalog = await _folder.OpenAsync();
        var table = (await catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, default)).Generation;
        File.Delete(_folder.Options.DatabasePath);

        var failure = await Should.ThrowAsync<CatalogException>(async () => await catalog.AddAsync(table, Rows.Row(), default));

        failure.Code.ShouldBe(FailureCode.CatalogUnavailable);
        failure.Message.ShouldContain("gone");
    }

    [Fact]
    public async Task An_interrupted_creation_is_cleaned_up_and_its_name_is_free()
    {
        await (await _folder.OpenAsync()).DisposeAsync();
        _folder.Execute(
            """
            INSERT INTO imagesearch_tables (name, state, model_name, model_version, dimension, metric, last_id, create_date)
            VALUES ('shop', 'creating', 'm', '1', 4, 'L2', 0, '')
            """);

        await using (var catalog = await _folder.OpenAsync())
        {
            (await catalog.FindTableAsync(Shop, default)).ShouldBeNull();
            (await catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, default)).Generation.Number.ShouldBe(2);
            await SweptAsync();
        }

        _folder.Number("SELECT count(*) FROM imagesearch_tables").ShouldBe(1);
    }

    [Fact]
    public async Task A_drop_that_a_crash_interrupted_goes_on_at_the_next_start()
    {
        TableGeneration table;
        await using (var catalog = await _folder.OpenAsync())
        {
            table = (await catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, default)).Generation;
            await Task.WhenAll(Enumerable.Range(0, 600).Select(i => catalog.AddAsync(table, Rows.Row(i), default)));
        }

        // The state after a drop's first commit and one batch of the clean-up.
        _folder.Execute(
            $"""
            UPDATE imagesearch_tables SET state = 'dropping';
            INSERT INTO imagesearch_names VALUES ('shop', 600);
            DELETE FROM {DataFolder.RowsOf(table)} AND id < 100;
            """);
        await using (var catalog = await _folder.OpenAsync())
        {
            (await catalog.FindTableAsync(Shop, default)).ShouldBeNull();
            var young = (await catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, default)).Generation;
            (await catalog.AddAsync(young, Rows.Row(), default)).Value.Id.ShouldBe(601);
            await SweptAsync();
        }

        _folder.Number($"SELECT count(*) FROM {DataFolder.RowsOf(table)}").ShouldBe(0);
        _folder.Scalar("PRAGMA integrity_check").ShouldBe("ok");
    }

    [Fact]
    public async Task Rows_of_a_dropped_table_go_a_few_a_turn()
    {
        TableGeneration table;
        await using (var catalog = await _folder.OpenAsync())
        {
            table = (await catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, default)).Generation;
            await Task.WhenAll(Enumerable.Range(0, 600).Select(i => catalog.AddAsync(table, Rows.Row(i), default)));
        }

        using var session = SqliteSession.OpenWriter(_folder.Options);
        Registry.Drop(session, table).ShouldBeTrue();
        var sweeper = new DropSweeper(NullLogger.Instance);
        var left = new List<object?>();
        for (var turn = 0; turn < 2; turn++)
        {
            sweeper.DoSome(session);
            left.Add(session.Scalar($"SELECT count(*) FROM {DataFolder.RowsOf(table)}"));
        }

        left.ShouldBe([344L, 88L]);
        sweeper.DoSome(session);
        session.Scalar("SELECT count(*) FROM imagesearch_tables").ShouldBe(0L);
        sweeper.HasWork.ShouldBeTrue();
        sweeper.DoSome(session);
        sweeper.HasWork.ShouldBeFalse();
    }

    [Fact]
    public async Task A_drop_removes_its_rows_while_other_tables_are_written()
    {
        await using var catalog = await _folder.OpenAsync();
        var old = (await catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, default)).Generation;
        await Task.WhenAll(Enumerable.Range(0, 3000).Select(i => catalog.AddAsync(old, Rows.Row(i), default)));

        await catalog.DropTableAsync(old, default);
        var young = (await catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, default)).Generation;
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => catalog.AddAsync(young, Rows.Row(i), default)));
        await SweptAsync();

        (await catalog.AddAsync(young, Rows.Row(), default)).Value.Id.ShouldBe(3051);
        _folder.Number($"SELECT count(*) FROM {DataFolder.RowsOf(old)}").ShouldBe(0);
    }

    [Theory]
    [InlineData(0, "QueueCapacity")]
    [InlineData(100_001, "QueueCapacity")]
    public async Task An_option_out_of_its_range_is_named(int capacity, string name) =>
        (await Should.ThrowAsync<ArgumentOutOfRangeException>(async () =>
            await DataFolder.OpenAsync(_folder.Options with { QueueCapacity = capacity }))).Message.ShouldContain(name);

    [Fact]
    public async Task No_more_tables_are_made_than_the_setting_allows_and_a_drop_makes_room()
    {
        await using var catalog = await DataFolder.OpenAsync(_folder.Options with { MaxTables = 2 });
        var first = await catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, default);
        await catalog.CreateTableAsync(TableName.Parse("other").Value, Rows.Model, Metric.L2, default);
        var third = TableName.Parse("third").Value;

        var failure = await Should.ThrowAsync<CatalogException>(async () => await catalog.CreateTableAsync(third, Rows.Model, Metric.L2, default));
        failure.Code.ShouldBe(FailureCode.TableLimitReached);
        failure.Message.ShouldContain("MAX_TABLES");
        (await catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, default)).Generation.ShouldBe(first.Generation);
        await catalog.DropTableAsync(first.Generation, default);
        await catalog.CreateTableAsync(third, Rows.Model, Metric.L2, default);
    }

    [Fact]
    public async Task The_check_of_a_catalog_that_works_writes_and_finds_nothing()
    {
        await using var catalog = await _folder.OpenAsync();
        var commits = catalog.Writer.Commits;

        await catalog.CheckAsync(default);
        await catalog.CheckAsync(default);

        catalog.Writer.Commits.ShouldBe(commits + 1);
    }

    private static async Task<CatalogException> RefusedAsync(SqliteOptions options)
    {
        var failure = await Should.ThrowAsync<CatalogException>(async () => await DataFolder.OpenAsync(options));
        failure.Code.ShouldBe(FailureCode.CatalogUnavailable);
        return failure;
    }

    // The clean-up runs by itself; the test runner ends a hang.
    private async Task SweptAsync()
    {
        while (_folder.Number("SELECT count(*) FROM imagesearch_tables WHERE state <> 'live'") > 0)
        {
            await Task.Yield();
        }
    }
}
