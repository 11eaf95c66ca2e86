using ImageSearch.Filtering;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Migration;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.Tests.Catalog;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.MySql;

/// <summary>The index of attributes beside the tables, with two processes.</summary>
public sealed class MySqlIndexTests : IAsyncLifetime
{
    private static readonly TableName Shop = TableName.Parse("shop").Value;

    private readonly TestDatabase? _database = TestDatabase.SkipReason is null ? TestDatabase.Create() : null;
    private MySqlCatalog _here = null!;
    private MySqlCatalog _there = null!;

    public async Task InitializeAsync()
    {
        _here = await OpenAsync();
        _there = await OpenAsync();
    }

    public async Task DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
        await _database!.DisposeAsync();
    }

    [MySqlFact]
    public async Task An_add_is_one_packet_with_attributes_and_without()
    {
        var table = await CreateAsync();
        await _here.AddAsync(table, Row("acme"), default);
        foreach (var row in new[] { Rows.Row(), Row("acme") })
        {
            var before = _here.Pool.Queries.Value;

            Value(await _here.AddAsync(table, row, default));

            (_here.Pool.Queries.Value - before).ShouldBe(1);
        }

        (await SelectAsync(_here, table, "acme")).ShouldBe([1, 3]);
    }

    [MySqlFact]
    public async Task A_process_that_remembers_a_table_notices_that_another_one_changed_its_settings()
    {
        var table = (await _here.CreateTableAsync(Shop, Rows.Model, Metric.L2, default)).Generation;
        await _here.AddAsync(table, Row("acme"), default);
        await _here.AddAsync(table, Row("acme"), default);
        (await SelectAsync(_here, table, "acme")).ShouldBeNull();

        Value(await _there.ConfigureAsync(table, Fields.Settings, Metric.L2, 0, default));
        await _here.AddAsync(table, Row("acme"), default);

        (await WhenIndexedAsync(_here, table, "acme")).ShouldBe([1, 2, 3]);
        (await SelectAsync(_there, table, "acme")).ShouldBe([1, 2, 3]);
    }

    [MySqlFact]
    public async Task An_index_that_another_process_ends_and_starts_again_is_never_read_while_it_lacks_rows()
    {
        var table = await CreateAsync();
        for (var i = 0; i < 20; i++) await _here.AddAsync(table, Row("acme"), default);
        (await SelectAsync(_here, table, "acme"))!.Count.ShouldBe(20);
        var changing = Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                Value(await _there.ConfigureAsync(table, TableSettings.Default, Metric.L2, null, default));
                Value(await _there.ConfigureAsync(table, Fields.Settings, Metric.L2, null, default));
            }
        });

        while (!changing.IsCompleted)
        {
            if (await SelectAsync(_here, table, "acme") is { } ids) ids.Count.ShouldBe(20);
        }

        await changing;
        (await WhenIndexedAsync(_here, table, "acme")).Count.ShouldBe(20);
    }

    [MySqlFact]
    public async Task Rows_that_change_while_an_index_is_built_have_the_entries_of_their_last_values()
    {
        const int Count = 1_700;
        var table = (await _here.CreateTableAsync(Shop, Rows.Model, Metric.L2, default)).Generation;
        for (var i = 0; i < Count; i += 100)
            await _here.AddManyAsync(table, [.. Enumerable.Range(0, 100).Select(_ => Row("old"))], searchable: true, default);

        Value(await _here.ConfigureAsync(table, Fields.Settings, Metric.L2, null, default));
        for (var id = 1; id <= Count; id += 50)
        {
            var patch = new ItemPatch(new ItemReference(null, id), new FieldChanges { Attributes = Fields.Attributes("new") });
            Value(await _there.PatchItemAsync(table, patch, searchable: true, default));
            Value(await _here.DeleteByIdsAsync(table, [id + 1], default));
        }

        (await WhenIndexedAsync(_here, table, "new")).Count.ShouldBe(Count / 50);
        (await SelectAsync(_here, table, "old"))!.Count.ShouldBe(Count - (2 * Count / 50));
    }

    [MySqlFact]
    public async Task A_build_that_a_process_left_is_completed_by_the_next_one()
    {
        var table = await CreateAsync();
        for (var i = 0; i < 3; i++) await _here.AddAsync(table, Row("acme"), default);
        await _database!.ExecuteAsync(
            "UPDATE `imagesearch$indexes` SET state = 'building', last_id = 1; DELETE FROM `imagesearch$attributes` WHERE id > 1");

        await using var next = await OpenAsync();

        (await WhenIndexedAsync(next, table, "acme")).ShouldBe([1, 2, 3]);
    }

    [MySqlFact]
    public async Task A_table_that_cant_be_indexed_stops_no_other()
    {
        var broken = TableName.Parse("broken").Value;
        await _here.CreateTableAsync(broken, Rows.Model, Metric.L2, Fields.Settings, default);
        var table = await CreateAsync();
        await _here.AddAsync(table, Row("acme"), default);
        await _database!.ExecuteAsync(
            "UPDATE `imagesearch$indexes` SET state = 'building', last_id = 0; DELETE FROM `imagesearch$attributes`; "
            + "UPDATE `imagesearch$tables` SET settings = '{' WHERE name = 'broken'");

        Value(await _here.ConfigureAsync(table, Fields.Settings, Metric.IP, null, default));

        (await WhenIndexedAsync(_here, table, "acme")).ShouldBe([1]);
    }

    [MySqlFact]
    public async Task Rows_whose_entries_fill_several_packets_are_indexed()
    {
        const int Count = 500;
        var table = (await _here.CreateTableAsync(Shop, Rows.Model, Metric.L2, default)).Generation;
        // Quotes are doubled in statements: all entries of a batch are more than a server takes in one packet.
        var list = string.Join(',', Enumerable.Range(0, 60).Select(i => $"\"{new string('\'', 240)}{i}\""));
        var row = Rows.Row(new PictureTexts { Attributes = $"{{\"brand\":\"acme\",\"labels\":[{list}]}}" });
        for (var i = 0; i < Count; i += 50) await _here.AddManyAsync(table, [.. Enumerable.Repeat(row, 50)], searchable: true, default);

        Value(await _here.ConfigureAsync(table, Fields.Settings, Metric.L2, null, default));

        (await WhenIndexedAsync(_here, table, "acme")).Count.ShouldBe(Count);
    }

    [MySqlFact]
    public async Task A_list_by_creation_gets_a_key_and_has_the_same_order_with_it()
    {
        var table = await CreateAsync();
        for (var i = 0; i < 5; i++) await _here.AddAsync(table, Row("acme"), default);
        var before = await NewestAsync();

        while (await _database!.NumberAsync(
            "SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'shop' AND column_name = 'create_date'") == 0)
        {
            await Task.Yield();
        }

        (await NewestAsync()).ShouldBe(before);

        async Task<long[]> NewestAsync() =>
            [.. Value(await _here.ListItemsAsync(table, Fields.Created, descending: true, null, null, 10, default)).Items.Select(item => item.Id)];
    }

    [MySqlFact]
    public async Task Entries_of_deleted_rows_are_removed_with_them()
    {
        var table = await CreateAsync();
        var row = Value(await _here.AddAsync(table, Row("acme"), default));
        await _here.AddAsync(table, Row("acme"), default);

        await _here.DeleteByIdsAsync(table, [row.Id], default);

        (await _database!.NumberAsync("SELECT COUNT(*) FROM `imagesearch$attributes`")).ShouldBe(1);
    }

    [MySqlFact]
    public async Task Entries_of_dropped_tables_and_indexes_are_removed_in_the_background()
    {
        var table = await CreateAsync();
        await _here.AddAsync(table, Row("acme"), default);
        var other = (await _here.CreateTableAsync(TableName.Parse("other").Value, Rows.Model, Metric.L2, Fields.Settings, default)).Generation;
        await _here.AddAsync(other, Row("acme"), default);

        await _here.DropTableAsync(table, default);
        await _here.ConfigureAsync(other, TableSettings.Default, Metric.L2, null, default);

        await using var sweeping = await OpenAsync();
        while (await _database!.NumberAsync("SELECT (SELECT COUNT(*) FROM `imagesearch$attributes`) + (SELECT COUNT(*) FROM `imagesearch$indexes`)") > 0)
            await Task.Yield();
    }

    [MySqlFact]
    public async Task Rows_that_a_process_of_an_older_version_deletes_are_not_found_and_their_ids_can_be_imported_again()
    {
        var table = await CreateAsync();
        await _here.AddAsync(table, Row("acme"), default);
        await _here.AddAsync(table, Row("acme"), default);
        var transfer = new MySqlTableTransfer(_here, TimeProvider.System);
        var rows = Value(await transfer.ReadRowsAsync(table, 0, 10, default));
        await _database!.ExecuteAsync("DELETE FROM shop WHERE id = 1");

        var ids = (await SelectAsync(_here, table, "acme")).ShouldNotBeNull();
        Value(await _here.ReadItemsAsync(table, [.. ids], default)).Select(item => item.Id).ShouldBe([2]);
        Value(await _here.ListItemsAsync(table, Fields.Of(Fields.Brand), false, null, null, 10, default)).Items.Select(item => item.Id).ShouldBe([2]);

        Value(await transfer.InsertRowsAsync(table, rows, default)).ShouldBe([1]);
        (await SelectAsync(_here, table, "acme")).ShouldBe([1, 2]);
    }

    [MySqlFact]
    public async Task A_text_that_is_longer_than_an_entry_is_found()
    {
        var table = await CreateAsync();
        var brand = string.Concat(Enumerable.Repeat("𝄞", 300));
        await _here.AddAsync(table, Row(brand), default);

        (await SelectAsync(_here, table, brand)).ShouldBe([1]);
        var greater = new Comparison(Fields.Of(Fields.Brand), Relation.Greater, FilterValue.Of(string.Concat(Enumerable.Repeat("𝄞", 255))));
        Value(await _here.SelectIdsAsync(table, greater, 10, default)).ShouldBe([1]);
    }

    [MySqlFact]
    public async Task A_key_with_a_control_character_is_found_by_a_range_that_holds_it()
    {
        var table = await CreateAsync();
        await _here.AddAsync(table, Rows.Row(key: "a\t"), default);

        Value(await _here.SelectIdsAsync(table, new Comparison(Fields.Key, Relation.Greater, FilterValue.Of("a")), 10, default)).ShouldBe([1]);
        Value(await _here.SelectIdsAsync(table, new Comparison(Fields.Key, Relation.LessOrEqual, FilterValue.Of("a\tb")), 10, default)).ShouldBe([1]);
    }

    [MySqlFact]
    public async Task Attributes_that_a_server_s_JSON_functions_wrote_are_read_in_the_schema_s_order_without_spaces()
    {
        var table = await CreateAsync();
        await _here.AddAsync(table, Row("acme"), default);
        await _database!.ExecuteAsync("UPDATE shop SET attributes = '{\"price\": 2, \"brand\": \"acme\"}'");

        Value(await _here.FindItemAsync(table, new ItemReference(null, 1), null, default))!.Texts.Attributes.ShouldBe("""{"brand":"acme","price":2}""");
    }

    private Task<MySqlCatalog> OpenAsync() => MySqlCatalog.OpenAsync(
        _database!.Options with { SweepInterval = TimeSpan.FromSeconds(0.1) }, TimeProvider.System, NullLogger<MySqlCatalog>.Instance, default);

    private async Task<TableGeneration> CreateAsync() =>
        (await _here.CreateTableAsync(Shop, Rows.Model, Metric.L2, Fields.Settings, default)).Generation;

    private static NewPicture Row(string brand) => Rows.Row(new PictureTexts { Attributes = Fields.Attributes(brand) });

    private static async Task<IReadOnlyList<long>?> SelectAsync(MySqlCatalog catalog, TableGeneration table, string brand) =>
        Value(await catalog.SelectIdsAsync(table, Fields.Is(Fields.Brand, brand), 10_000, default)) is { } ids ? [.. ids.Order()] : null;

    private static Task<IReadOnlyList<long>> WhenIndexedAsync(MySqlCatalog catalog, TableGeneration table, string brand) =>
        Indexes.SelectAsync(catalog, table, Fields.Is(Fields.Brand, brand));

    private static T Value<T>(Result<T> result)
    {
        result.Failure.ShouldBeNull();
        return result.Value!;
    }
}
