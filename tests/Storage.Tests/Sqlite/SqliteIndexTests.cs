using ImageSearch.Filtering;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Sqlite.Attributes;
using ImageSearch.Storage.Sqlite.Schema;
using ImageSearch.Storage.Sqlite.Sessions;
using ImageSearch.Storage.Sqlite.Writing;
using ImageSearch.Storage.Tests.Catalog;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.Sqlite;

/// <summary>The index of attributes in the file: upgrades, background work and cost.</summary>
public sealed class SqliteIndexTests : IDisposable
{
    private static readonly TableName Shop = TableName.Parse("shop").Value;

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_of_the_second_schema_keeps_its_rows_and_its_product_ids_are_found()
    {
        TableGeneration table;
        await using (var catalog = await _folder.OpenAsync())
        {
            table = (await catalog.CreateTableAsync(Shop, Rows.Model, Metric.IP, default)).Generation;
            await FillAsync(catalog, table, 700, _ => null);
        }

        // The file as the program before this one left it, with product ids that an import stored.
        _folder.Execute(
            """
            DROP TABLE imagesearch_attributes;
            DROP TABLE imagesearch_attribute_work;
            ALTER TABLE imagesearch_tables DROP COLUMN settings;
            ALTER TABLE imagesearch_tables DROP COLUMN revision;
            UPDATE imagesearch_rows SET product_id = 'p' || (id % 300), attributes = '[]' WHERE id % 2 = 0;
            PRAGMA user_version = 2;
            """);
        var before = OldFile.Content(_folder);

        await using (var catalog = await _folder.OpenAsync())
        {
            OldFile.Content(_folder).ShouldBe(before);
            var record = (await catalog.FindTableAsync(Shop, default)).ShouldNotBeNull();
            (record.Generation, record.Metric, record.Settings, record.Revision).ShouldBe((table, Metric.IP, TableSettings.Default, 0));
            (await Indexes.SelectAsync(catalog, table, Fields.Is(Fields.ProductId, FilterValue.Of("p10")))).ShouldBe([10, 310, 610]);
        }

        _folder.Number("SELECT count(*) FROM imagesearch_attributes").ShouldBe(350);
        _folder.Number("SELECT count(*) FROM imagesearch_attribute_work").ShouldBe(0);
        _folder.Scalar("PRAGMA integrity_check").ShouldBe("ok");
    }

    [Fact]
    public async Task A_read_of_an_index_can_be_cancelled()
    {
        await using var catalog = await _folder.OpenAsync();
        var table = (await catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, Fields.Settings, default)).Generation;
        await FillAsync(catalog, table, 3, i => Fields.Attributes(price: i));
        using var session = SqliteSession.OpenReader(_folder.Options);
        var filter = new Exists(Fields.Of(Fields.Price));
        IndexReads.Select(session, table, filter, 10, default).Value.ShouldNotBeNull().Count.ShouldBe(3);

        Should.Throw<OperationCanceledException>(() => IndexReads.Select(session, table, filter, 10, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Rows_without_product_id_and_attributes_have_no_entries()
    {
        await using var catalog = await _folder.OpenAsync();
        var table = (await catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, default)).Generation;
        await catalog.AddAsync(table, Rows.Row(new PictureTexts("t", "b", "k", "p")), default);
        await catalog.AddAsync(table, Rows.Row(new PictureTexts { Attributes = Fields.Attributes("acme") }), default);

        _folder.Number("SELECT count(*) FROM imagesearch_attributes").ShouldBe(0);
    }

    [Fact]
    public async Task An_index_is_built_a_few_rows_a_turn()
    {
        var table = await FilledAsync(700, Fields.Settings with { Attributes = [] });
        using var session = SqliteSession.OpenWriter(_folder.Options);
        IndexWork.Start(session, Registry.Live(session, table)!, Fields.Settings).ShouldBeTrue();
        Registry.Configure(session, table, Fields.Settings, Metric.L2);
        var indexer = new AttributeIndexer(NullLogger.Instance);

        var entries = new List<object?>();
        for (var turn = 0; turn < 4 && indexer.HasWork; turn++)
        {
            indexer.DoSome(session);
            entries.Add(session.Scalar("SELECT count(*) FROM imagesearch_attributes"));
        }

        entries.ShouldBe([502L, 1014L, 1400L]);
        indexer.HasWork.ShouldBeFalse();
        IndexWork.Incomplete(session, table).ShouldBeEmpty();
    }

    [Fact]
    public async Task Entries_of_an_attribute_that_is_no_longer_indexed_are_removed()
    {
        var table = await FilledAsync(700, Fields.Settings);
        await using (var catalog = await _folder.OpenAsync())
        {
            await catalog.ConfigureAsync(table, TableSettings.Default with { Attributes = [Fields.Brand] }, Metric.L2, null, default);
            while (_folder.Number("SELECT count(*) FROM imagesearch_attribute_work") > 0) await Task.Yield();
        }

        _folder.Scalar("SELECT group_concat(DISTINCT attribute) FROM imagesearch_attributes").ShouldBe("brand");
        _folder.Number("SELECT count(*) FROM imagesearch_attributes").ShouldBe(700);
    }

    [Fact]
    public async Task Entries_and_work_of_a_dropped_table_are_removed_a_few_a_turn()
    {
        var table = await FilledAsync(700, Fields.Settings);
        using var session = SqliteSession.OpenWriter(_folder.Options);
        IndexWork.Start(session, Registry.Live(session, table)!, TableSettings.Default).ShouldBeTrue();
        Registry.Drop(session, table).ShouldBeTrue();
        var sweeper = new DropSweeper(NullLogger.Instance);

        for (var turn = 0; turn < 3; turn++) sweeper.DoSome(session);
        session.Scalar("SELECT count(*) FROM imagesearch_attributes").ShouldBe(376L);
        sweeper.DoSome(session);

        session.Scalar("SELECT count(*) FROM imagesearch_attributes").ShouldBe(0L);
        session.Scalar("SELECT count(*) FROM imagesearch_tables").ShouldBe(0L);
        session.Scalar("SELECT count(*) FROM imagesearch_attribute_work").ShouldBe(0L);
    }

    [Fact]
    public async Task Settings_that_can_t_be_read_are_an_error_that_names_the_table()
    {
        await FilledAsync(1, Fields.Settings);
        _folder.Execute("UPDATE imagesearch_tables SET settings = 'x'");

        (await Should.ThrowAsync<CatalogException>(_folder.OpenAsync)).Message.ShouldContain("settings of table shop");
    }

    [Fact]
    public async Task Settings_of_a_newer_version_are_read_as_far_as_they_are_known()
    {
        var table = await FilledAsync(1, Fields.Settings);
        _folder.Execute(
            """
            UPDATE imagesearch_tables SET settings =
                '{"on_existing_key":"Ask","fresh":1,"max_rows":7,"attributes":[{"name":"a","type":"Colour"},{"name":"b","type":"Number","fresh":[]}]}'
            """);

        await using var catalog = await _folder.OpenAsync();
        var settings = (await catalog.FindTableAsync(table.Name, default))!.Settings;

        (settings.OnExistingKey, settings.MaxRows).ShouldBe((KeyRule.Replace, 7));
        settings.Attributes.ShouldBe([new AttributeDefinition("b", AttributeType.Number, false)]);
    }

    private async Task<TableGeneration> FilledAsync(int rows, TableSettings settings)
    {
        await using var catalog = await _folder.OpenAsync();
        var table = (await catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, settings, default)).Generation;
        await FillAsync(catalog, table, rows, i => Fields.Attributes("acme", i));
        return table;
    }

    private static async Task FillAsync(SqliteCatalog catalog, TableGeneration table, int rows, Func<int, string?> attributes)
    {
        foreach (var chunk in Enumerable.Range(0, rows).Chunk(NewPicture.MaxPerAdd))
        {
            var added = await catalog.AddManyAsync(
                table, [.. chunk.Select(i => Rows.Row(new PictureTexts { Attributes = attributes(i) }))], searchable: true, default);
            added.Value!.ShouldAllBe(row => row.Failure == null);
        }
    }
}
