using ImageSearch.Filtering;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Catalog.Attributes;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Sqlite.Attributes;
using ImageSearch.Storage.Sqlite.Items;
using ImageSearch.Storage.Sqlite.Pictures;
using ImageSearch.Storage.Sqlite.Rows;
using ImageSearch.Storage.Tests.Catalog;
using ImageSearch.Storage.Tests.Sqlite.ChildProcess;

namespace ImageSearch.Storage.Tests.Sqlite;

/// <summary>Files of the first schema are upgraded without loss, and data sets are not SQLite tables after that.</summary>
public sealed class SqliteLayoutTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_of_the_first_schema_is_moved_row_by_row_with_its_ids_dates_and_last_ids()
    {
        OldFile.Write(_folder);
        OldFile.AddTable(_folder, 1, "shop", "live", 2500, lastId: 3000);
        OldFile.AddTable(_folder, 2, "Shop", "live", 1000, lastId: 1000);
        OldFile.AddTable(_folder, 3, "empty", "live", 0, lastId: 0);
        OldFile.AddTable(_folder, 4, "gone", "dropping", 300, lastId: 300);
        _folder.Execute("INSERT INTO imagesearch_names VALUES ('gone', 300), ('older', 7)");
        _folder.Execute("INSERT INTO t3_empty (id, version, create_date, modify_date) VALUES (9223372036854775807, 99999999999, '', ''), (-1, 1, '', '')");
        var before = OldFile.Content(_folder);

        await using (var catalog = await _folder.OpenAsync())
        {
            catalog.Identity.ShouldBe(4711);
            (await catalog.ListTablesAsync(default)).Select(table => table.Generation.ToString())
                .ShouldBe(["Shop__g2", "empty__g3", "shop__g1"]);
            OldFile.Content(_folder).ShouldBe(before);
            var shop = (await catalog.FindTableAsync(TableName.Parse("shop").Value, default))!.Generation;
            (await Indexes.SelectAsync(catalog, shop, Fields.Is(Fields.ProductId, FilterValue.Of("p1000")))).ShouldBe([1000]);
            (await catalog.CountSearchableAsync(shop, default)).Value.ShouldBe(1250);
            (await catalog.AddAsync(shop, Rows.Row(), default)).Value.Id.ShouldBe(3001);
            var again = (await catalog.CreateTableAsync(TableName.Parse("gone").Value, Rows.Model, Metric.L2, default)).Generation;
            again.Number.ShouldBe(5);
            (await catalog.AddAsync(again, Rows.Row(), default)).Value.Id.ShouldBe(301);
        }

        _folder.Number("SELECT count(*) FROM sqlite_master WHERE name LIKE 't%'").ShouldBe(0);
        _folder.Number("SELECT count(*) FROM imagesearch_tables WHERE state <> 'live' OR physical_table IS NOT NULL").ShouldBe(0);
        _folder.Scalar("PRAGMA integrity_check").ShouldBe("ok");
    }

    [Fact]
    public async Task A_move_that_is_killed_again_and_again_loses_and_doubles_no_row()
    {
        OldFile.Write(_folder);
        OldFile.AddTable(_folder, 1, "large", "live", 3_000, lastId: 3_000);
        for (var number = 2; number < 12; number++) OldFile.AddTable(_folder, number, $"small{number}", "live", 70, lastId: 500);
        OldFile.AddTable(_folder, 12, "gone", "dropping", 500, lastId: 5_000);
        var before = OldFile.Content(_folder);
        const int MaxKills = 15;
        var kills = 0;

        // One connection for all reads: opening and closing one contends for locks with the child and would delay them.
        using var look = _folder.Connect();
        for (var opened = false; !opened;)
        {
            using var child = Child.Start("move", _folder.Path);
            var line = child.Output.ReadLineAsync();

            // Kills the child as soon as it has moved rows, so that kills hit between any two commits or during one.
            var moved = Moved(look);
            while (!line.IsCompleted && (kills == MaxKills || Moved(look) == moved)) await Task.Yield();
            await child.KillAsync();
            opened = (await line)?.Length > 0;
            if (!opened) kills++;
            OldFile.Content(_folder).ShouldBe(before);
        }

        kills.ShouldBeGreaterThan(3);
        _folder.Number("SELECT count(*) FROM sqlite_master WHERE name LIKE 't%'").ShouldBe(0);
        _folder.Scalar("PRAGMA integrity_check").ShouldBe("ok");
    }

    [Fact]
    public async Task A_file_bears_the_mark_that_older_programs_refuse_before_its_first_row_is_moved()
    {
        OldFile.Write(_folder);
        OldFile.AddTable(_folder, 1, "shop", "live", 10, lastId: 10);
        using var stopped = new CancellationTokenSource();
        var log = new StopOnFirstLine(stopped);

        await Should.ThrowAsync<OperationCanceledException>(async () =>
            await SqliteCatalog.OpenAsync(_folder.Options, TimeProvider.System, log, stopped.Token));

        _folder.Number("PRAGMA user_version").ShouldBe(3);
        _folder.Number("SELECT count(*) FROM t1_shop").ShouldBe(10);
        await using var catalog = await _folder.OpenAsync();
        _folder.Number("SELECT count(*) FROM imagesearch_rows").ShouldBe(10);
    }

    [Fact]
    public async Task Making_and_dropping_a_table_leaves_the_schema_as_it_is()
    {
        await using var catalog = await _folder.OpenAsync();
        var before = _folder.Number("PRAGMA schema_version");

        var table = (await catalog.CreateTableAsync(TableName.Parse("shop").Value, Rows.Model, Metric.L2, default)).Generation;
        await catalog.AddAsync(table, Rows.Row(), default);
        await catalog.DropTableAsync(table, default);

        _folder.Number("PRAGMA schema_version").ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task No_statement_on_rows_looks_at_another_tables(string sql)
    {
        await (await _folder.OpenAsync()).DisposeAsync();
        using var connection = _folder.Connect();
        using var command = connection.CreateCommand();
        // The SQL consists of the catalog's constants.
#pragma warning disable CA2100
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
#pragma warning restore CA2100
        foreach (var name in new[] { "generation", "name", "id", "ids", "key", "after", "count", "version", "tags", "brief", "path", "now", "status", "feature", "object", "product",
                     "attributes", "attribute", "value", "from", "to", "limit", "kind", "bytes" })
            command.Parameters.AddWithValue("$" + name, 1);
        using var reader = command.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read()) steps.Add(reader.GetString(3));

        steps.ShouldNotContain(step => step.StartsWith("SCAN imagesearch", StringComparison.Ordinal), string.Join("; ", steps));
        steps.ShouldNotContain(step => step.Contains("TEMP B-TREE", StringComparison.Ordinal), string.Join("; ", steps));
    }

    public static TheoryData<string> Statements =>
    [
        RowSql.TakeId, RowSql.OldestWithKey, RowSql.Replace, RowSql.ChangeTexts, RowSql.ChangePicture, RowSql.DeleteByIds, RowSql.DeleteByKey,
        RowSql.DeleteFirst, RowSql.MarkSearchable, RowSql.Texts, RowSql.CountSearchable, RowSql.CountAll, RowSql.VectorsOf,
        RowSql.Vectors(RowSelection.All), RowSql.Vectors(RowSelection.Waiting), RowSql.Versions(RowSelection.All),
        RowSql.Versions(RowSelection.Waiting),
        .. PictureSql.Statements, .. AttributeIndex.Statements, .. AttributeIndexer.Statements, IndexSql.ValueEquals, IndexSql.KeyEquals,
        IndexSql.Range(new RangeLookup("price", false, Bound, Bound)), IndexSql.Range(new RangeLookup("price", false, null, null)),
        IndexSql.Range(new RangeLookup(FilterLookups.Key, true, Bound, null)), ItemSql.ById, ItemSql.ByKey, ItemSql.ByIds, ItemSql.Ascending,
        ItemSql.Descending, ItemSql.Replace, ItemSql.ReplaceTexts, ItemSql.CountKeys, ItemSql.CountValues,
        .. ItemOrders.Select(order => ItemSql.ByValue(order, descending: false, isFirst: true)),
        .. ItemOrders.Select(order => ItemSql.ByValue(order, descending: true, isFirst: false)),
    ];

    // Dates have no index.
    private static FieldKind[] ItemOrders => [FieldKind.Key, FieldKind.ProductId, FieldKind.Attribute];

    private static ValueBound Bound => new(IndexedValue.Of(1), Inclusive: true);

    // A table that is being copied counts with its copied rows; a completed one is absent.
    private static long Moved(Microsoft.Data.Sqlite.SqliteConnection look)
    {
        using var command = look.CreateCommand();
        command.CommandText =
            "SELECT (SELECT count(*) FROM imagesearch_rows) - (SELECT count(*) FROM imagesearch_tables WHERE physical_table IS NOT NULL)";
        try
        {
            return (long)command.ExecuteScalar()!;
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            return -1;
        }
    }

    private sealed class StopOnFirstLine(CancellationTokenSource stopped) : Microsoft.Extensions.Logging.ILogger<SqliteCatalog>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => true;

        public void Log<TState>(
            Microsoft.Extensions.Logging.LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => stopped.Cancel();
    }
}
