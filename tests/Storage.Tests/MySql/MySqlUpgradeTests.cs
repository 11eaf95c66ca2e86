using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.Tests.Catalog;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.MySql;

/// <summary>A database that version 1 of the service made, whose processes may run on beside this version's during an update.</summary>
public sealed class MySqlUpgradeTests : IAsyncLifetime
{
    // The statements of that version.
    private const string OldTables = """
        CREATE TABLE `imagesearch$state` (
            name VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
            value BIGINT NOT NULL) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
        CREATE TABLE `imagesearch$tables` (
            generation BIGINT NOT NULL PRIMARY KEY,
            name VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            held_name VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
            state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            model_name VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
            model_version VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
            dimension INT NOT NULL,
            metric VARCHAR(16) CHARACTER SET ascii NOT NULL,
            last_id BIGINT NOT NULL DEFAULT 0,
            last_change BIGINT NOT NULL DEFAULT 0,
            create_date DATETIME(3) NOT NULL,
            UNIQUE KEY held_name (held_name)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
        CREATE TABLE `imagesearch$changes` (
            generation BIGINT NOT NULL,
            number BIGINT NOT NULL,
            writer CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            changed MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            seen TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
            PRIMARY KEY (generation, number),
            KEY seen (seen)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
        INSERT INTO `imagesearch$state` (name, value) VALUES ('schema', 1), ('generation', 1), ('identity', 77);
        """;

    private const string OldColumns = """
        (`id` bigint(20) unsigned NOT NULL AUTO_INCREMENT, `milvus_id` bigint(20) DEFAULT NULL, `tags` varchar(32) DEFAULT NULL,
        `brief` varchar(500) DEFAULT NULL, `upload_status` tinyint(2) DEFAULT 0,
        `feature` mediumtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, `create_date` datetime(3) DEFAULT NULL,
        `modify_date` datetime(3) DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP(3),
        `version` INT NOT NULL DEFAULT 1, `item_key` VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL,
        `file_path` VARCHAR(1000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL,
        `product_id` VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL, `attributes` JSON DEFAULT NULL,
        `feature_object` MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL,
        PRIMARY KEY (`id`), KEY `imagesearch_versions` (id, version, upload_status), KEY `imagesearch_item_key` (item_key))
        ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
        """;

    private static readonly TableName Shop = TableName.Parse("shop").Value;

    private readonly TestDatabase? _database = TestDatabase.SkipReason is null ? TestDatabase.Create() : null;

    public async Task InitializeAsync()
    {
        await using var connection = await _database!.ConnectAsync("mysql");
        await using var command = TestDatabase.Command(connection, $"CREATE DATABASE `{_database.Options.Database}` CHARACTER SET utf8mb4", []);
        await command.ExecuteNonQueryAsync();
        await _database.ExecuteAsync(OldTables);
        await OldCreateAsync(1, "shop");
        await OldAddAsync(1, "shop", change: 1, id: 1, "old");
    }

    public async Task DisposeAsync() => await _database!.DisposeAsync();

    [MySqlFact]
    public async Task It_opens_with_its_tables_and_rows_and_default_settings()
    {
        await using var catalog = await OpenAsync();

        catalog.Identity.ShouldBe(77);
        var table = (await catalog.ListTablesAsync(null, 10, default)).ShouldHaveSingleItem();
        (table.Generation, table.Revision, table.Created).ShouldBe((new TableGeneration(Shop, 1), 0, "2026-01-02 03:04:05.678"));
        table.Settings.ShouldBe(TableSettings.Default);
        var item = Value(await catalog.FindItemAsync(table.Generation, new ItemReference("old", 0), null, default)).ShouldNotBeNull();
        item.ShouldBe(new Item(1, 1, new PictureTexts(Key: "old"), "2026-01-02 03:04:05.678", "2026-01-02 03:04:05.678"));
    }

    [MySqlFact]
    public async Task Its_attributes_are_indexed_when_settings_say_so()
    {
        await _database!.ExecuteAsync($$"""UPDATE shop SET attributes = '{{Fields.Attributes("acme", 5)}}', product_id = 'p'""");
        await using var catalog = await OpenAsync();
        var table = Value(await catalog.ConfigureAsync(new TableGeneration(Shop, 1), Fields.Settings, Metric.L2, 0, default)).Generation;

        (await Indexes.SelectAsync(catalog, table, Fields.Is(Fields.Price, 5))).ShouldBe([1]);
        (await Indexes.SelectAsync(catalog, table, Fields.Is(Fields.ProductId, Filtering.FilterValue.Of("p")))).ShouldBe([1]);
    }

    [MySqlFact]
    public async Task A_process_of_that_version_goes_on_creating_tables_and_adding_rows()
    {
        await using var catalog = await OpenAsync();
        var table = new TableGeneration(Shop, 1);
        Value(await catalog.ConfigureAsync(table, Fields.Settings, Metric.L2, 0, default));

        await OldAddAsync(1, "shop", change: 3, id: 2, "theirs");
        await OldCreateAsync(2, "young");
        await OldAddAsync(2, "young", change: 1, id: 1, "theirs");

        Value(await catalog.FindItemAsync(table, new ItemReference("theirs", 0), null, default))!.Id.ShouldBe(2);
        var young = (await catalog.FindTableAsync(TableName.Parse("young").Value, default)).ShouldNotBeNull();
        young.Settings.ShouldBe(TableSettings.Default);
        Value(await catalog.PutItemsAsync(young.Generation, [Fields.Put("ours")], true, default))[0].Value!.Item.Id.ShouldBe(2);
        Value(await catalog.PutItemsAsync(table, [Fields.Put("ours")], true, default))[0].Value!.Item.Id.ShouldBe(3);
    }

    private Task<MySqlCatalog> OpenAsync() => MySqlCatalog.OpenAsync(
        _database!.Options with { SweepInterval = TimeSpan.FromSeconds(0.1) }, TimeProvider.System, NullLogger<MySqlCatalog>.Instance, default);

    private async Task OldCreateAsync(long generation, string name)
    {
        await _database!.ExecuteAsync(
            """
            INSERT INTO `imagesearch$tables`
                (generation, name, held_name, state, model_name, model_version, dimension, metric, create_date)
            VALUES (@generation, @name, @name, 'live', 'test-net', '1', 4, 'L2', '2026-01-02 03:04:05.678')
            """,
            ("@generation", generation),
            ("@name", name));
        await _database.ExecuteAsync($"CREATE TABLE `{name}` {OldColumns}");
    }

    private async Task OldAddAsync(long generation, string name, long change, long id, string key) => (await _database!.ExecuteAsync(
        $"""
        UPDATE `imagesearch$tables` g SET g.last_id = @id, g.last_change = @change
        WHERE g.generation = @generation AND g.name = @name AND g.state = 'live' AND g.last_id = @id - 1 AND g.last_change = @change - 1;
        INSERT INTO `imagesearch$changes` (generation, number, writer, changed)
        VALUES (@generation, IF(ROW_COUNT() = 1, @change, NULL), 'old', CONCAT(@id, ':1'));
        INSERT INTO `{name}` (id, milvus_id, tags, brief, upload_status, version, item_key, file_path, create_date, modify_date, feature,
            feature_object)
        VALUES (@id, @id, NULL, NULL, 1, 1, @key, NULL, '2026-01-02 03:04:05.678', '2026-01-02 03:04:05.678', '{FeatureText.Write(Rows.Vector(1))}', NULL)
        """,
        ("@generation", generation),
        ("@name", name),
        ("@change", change),
        ("@id", id),
        ("@key", key))).ShouldBe(3);

    private static T Value<T>(Result<T> result)
    {
        result.Failure.ShouldBeNull();
        return result.Value!;
    }
}
