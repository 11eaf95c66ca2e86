using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.Tests.Catalog;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.MySql;

/// <summary>The tables as a shop's own SQL sees them, and tables that another system made.</summary>
public sealed class MySqlTableTests : IAsyncLifetime
{
    private const string DocumentedColumns = """
        `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT COMMENT '主键ID',
        `milvus_id` bigint(20) DEFAULT NULL COMMENT 'milvus 数据id',
        `tags` varchar(32) DEFAULT NULL COMMENT '标识',
        `brief` varchar(500) DEFAULT NULL COMMENT '图片摘要',
        `upload_status` tinyint(2) DEFAULT 0 COMMENT '0 待上传到milvus 1成功上传到milvus',
        `feature` mediumtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL COMMENT '图片特征向量',
        `create_date` datetime(3) DEFAULT NULL COMMENT '创建时间',
        `modify_date` datetime(3) DEFAULT NULL ON UPDATE current_timestamp(3) COMMENT '修改时间',
        PRIMARY KEY (`id`),
        KEY `idx_tags` (`tags`),
        KEY `idx_milvus_id` (`milvus_id`)
        """;

    private static readonly TableName Shop = TableName.Parse("shop").Value;

    private readonly TestDatabase? _database = TestDatabase.SkipReason is null ? TestDatabase.Create() : null;
    private MySqlCatalog _catalog = null!;

    public async Task InitializeAsync() => _catalog =
        await MySqlCatalog.OpenAsync(_database!.Options, TimeProvider.System, NullLogger<MySqlCatalog>.Instance, default);

    public async Task DisposeAsync()
    {
        await _catalog.DisposeAsync();
        await _database!.DisposeAsync();
    }

    [MySqlFact]
    public async Task A_table_has_the_documented_columns_keys_and_comments_and_ours_beside_them()
    {
        await _catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, default);

        var shown = await ShownAsync();

        foreach (var line in DocumentedColumns.Split('\n', StringSplitOptions.TrimEntries)) shown.ShouldContain(line.TrimEnd(','));
        shown.ShouldContain("ENGINE=InnoDB");
        shown.ShouldContain("CHARSET=utf8mb4");
        shown.ShouldContain("COMMENT='图片上传记录表'");
        foreach (var (name, _) in TableSql.Ours) shown.ShouldContain($"`{name}`");
    }

    [MySqlFact]
    public async Task A_table_that_the_Python_system_made_is_taken_over_with_only_missing_columns_added()
    {
        await _database!.ExecuteAsync($"CREATE TABLE shop ({DocumentedColumns}) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='图片上传记录表'");
        await _database.ExecuteAsync(
            $"INSERT INTO shop (id, milvus_id, tags, upload_status, feature, modify_date) VALUES "
            + $"(7, 444, '鞋', 1, '{FeatureText.Write(Rows.Vector(1))}', '2020-01-02'), (9, 445, 'b', 1, 'gASV', '2020-01-02')");
        await _database.ExecuteAsync("DELETE FROM shop WHERE id > 100; ALTER TABLE shop AUTO_INCREMENT = 20");
        var before = (await ShownAsync()).Split('\n');

        var table = (await _catalog.AdoptTableAsync(Shop, Rows.Model, Metric.L2, default)).Value!.Generation;

        var after = (await ShownAsync()).Split('\n').ToList();
        before.Except(after.Concat(after.Select(line => line.TrimEnd(',')))).ShouldBeEmpty();
        (await _database.ScalarAsync("SELECT CONCAT(milvus_id, ' ', tags, ' ', modify_date) FROM shop WHERE id = 7"))
            .ShouldBe("444 鞋 2020-01-02 00:00:00.000");
        await foreach (var batch in _catalog.ReadVectorsAsync(table, Rows.Model.Dimension, RowSelection.All, default))
        {
            batch.Vectors.ShouldHaveSingleItem().Row.ShouldBe(new RowVersion(7, 1));
            batch.Refused.ShouldHaveSingleItem().Id.ShouldBe(9);
        }

        (await _catalog.AddAsync(table, Rows.Row(), default)).Value.Id.ShouldBe(20);
        (await _catalog.AdoptTableAsync(Shop, Rows.Model, Metric.L2, default)).Value!.Generation.ShouldBe(table);
    }

    [MySqlFact]
    public async Task Creating_a_name_that_the_Python_system_has_takes_its_table_over()
    {
        await _database!.ExecuteAsync($"CREATE TABLE shop ({DocumentedColumns}) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4");
        await _database.ExecuteAsync("INSERT INTO shop (tags, upload_status) VALUES ('theirs', 1)");

        var table = (await _catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, default)).Generation;

        (await _catalog.CountSearchableAsync(table, default)).Value.ShouldBe(1);
    }

    [MySqlFact]
    public async Task A_table_that_is_not_there_is_not_taken_over() =>
        (await _catalog.AdoptTableAsync(Shop, Rows.Model, Metric.L2, default)).Failure!.Code.ShouldBe(FailureCode.TableNotFound);

    [MySqlTheory]
    [InlineData("CREATE TABLE shop (id INT PRIMARY KEY, name TEXT)", "it lacks milvus_id, tags")]
    [InlineData("CREATE VIEW shop AS SELECT 1 AS id", "table or view")]
    [InlineData("CREATE TABLE shop (" + DocumentedColumns + ") ENGINE=MyISAM", "ENGINE=InnoDB")]
    public async Task Another_program_s_table_is_left_alone_and_its_name_refused(string sql, string reason)
    {
        await _database!.ExecuteAsync(sql);
        var before = await ShownAsync();

        var refused = await Should.ThrowAsync<CatalogException>(_catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, default));

        refused.Code.ShouldBe(FailureCode.TableNameInvalid);
        refused.Message.ShouldContain(reason);
        (await ShownAsync()).ShouldBe(before);
        (await _catalog.ListTablesAsync(default)).ShouldBeEmpty();
    }

    [MySqlTheory]
    [InlineData("OrleansQuery")]
    [InlineData("orleansquery")]
    [InlineData("OrleansMembershipTable")]
    [InlineData("OrleansMembershipVersionTable")]
    public async Task A_name_of_the_cluster_s_tables_is_refused(string name)
    {
        var refused = await Should.ThrowAsync<CatalogException>(
            _catalog.CreateTableAsync(TableName.Parse(name).Value, Rows.Model, Metric.L2, default));

        refused.Code.ShouldBe(FailureCode.TableNameInvalid);
        refused.Message.ShouldContain("choose another name");
        (await _catalog.ListTablesAsync(default)).ShouldBeEmpty();
    }

    [MySqlFact]
    public async Task Rows_that_a_shop_adds_by_its_own_SQL_are_rows_like_others()
    {
        var table = (await _catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, default)).Generation;
        await _catalog.AddAsync(table, Rows.Row(), default);
        await _database!.ExecuteAsync($"INSERT INTO shop (tags, feature) VALUES ('theirs', '{FeatureText.Write(Rows.Vector(2))}')");

        (await _catalog.AddAsync(table, Rows.Row(), default)).Value.ShouldBe(new RowVersion(3, 1));

        (await _catalog.ReadTextsAsync(table, [new RowVersion(2, 1)], default)).Value!.Texts[2].Tags.ShouldBe("theirs");
    }

    [MySqlFact]
    public async Task A_search_s_join_is_one_statement_whatever_the_number_of_rows()
    {
        var table = (await _catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, default)).Generation;
        await _catalog.AddAsync(table, Rows.Row(), default);
        await _catalog.CountSearchableAsync(table, default);
        foreach (var count in new[] { 1, 10, 1000 })
        {
            var before = _catalog.Pool.Queries.Value;

            await _catalog.ReadTextsAsync(table, [.. Enumerable.Range(1, count).Select(id => new RowVersion(id, 1))], default);

            (_catalog.Pool.Queries.Value - before).ShouldBe(1);
        }
    }

    [MySqlFact]
    public async Task Keys_that_differ_by_trailing_spaces_are_different_keys()
    {
        var table = (await _catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, default)).Generation;
        await _catalog.AddAsync(table, Rows.Row(key: "k "), default);

        (await _catalog.AddAsync(table, Rows.Row(key: "k", replace: true), default)).Value.Id.ShouldBe(2);
        (await _catalog.DeleteByKeysAsync(table, ["k"], default)).Value!.ShouldHaveSingleItem().Id.ShouldBe(2);
    }

    private async Task<string> ShownAsync()
    {
        await using var connection = await _database!.ConnectAsync();
        await using var command = TestDatabase.Command(connection, "SHOW CREATE TABLE shop", []);
        await using var reader = await command.ExecuteReaderAsync();
        (await reader.ReadAsync()).ShouldBeTrue();
        return reader.GetString(1);
    }
}
