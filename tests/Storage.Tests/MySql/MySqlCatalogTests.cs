using System.Globalization;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.Tests.Catalog;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.MySql;

[OnMySql]
public sealed class MySqlCatalogTests : CatalogCompliance
{
    private readonly TestDatabase _database = TestDatabase.Create();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    protected override async Task<ICatalog> OpenAsync(TimeProvider time) =>
        await MySqlCatalog.OpenAsync(_database.Options, time, NullLogger<MySqlCatalog>.Instance, default);

    [Fact]
    public async Task No_more_tables_are_made_than_the_setting_allows()
    {
        await using var catalog = await MySqlCatalog.OpenAsync(
            _database.Options with { MaxTables = 1 }, TimeProvider.System, NullLogger<MySqlCatalog>.Instance, default);
        var first = await catalog.CreateTableAsync(TableName.Parse("first").Value, Rows.Model, Metric.L2, default);

        var failure = await Should.ThrowAsync<CatalogException>(async () =>
            await catalog.CreateTableAsync(TableName.Parse("second").Value, Rows.Model, Metric.L2, default));

        failure.Code.ShouldBe(FailureCode.TableLimitReached);
        failure.Message.ShouldContain("MAX_TABLES");
        (await catalog.CreateTableAsync(TableName.Parse("first").Value, Rows.Model, Metric.L2, default)).Generation.ShouldBe(first.Generation);
    }

    [Fact]
    public async Task Sessions_do_without_the_servers_safe_updates()
    {
        await _database.ExecuteAsync("SET GLOBAL sql_safe_updates = 1");
        try
        {
            await using var catalog = await MySqlCatalog.OpenAsync(_database.Options, TimeProvider.System, NullLogger<MySqlCatalog>.Instance, default);
            var table = (await catalog.CreateTableAsync(TableName.Parse("shop").Value, Rows.Model, Metric.L2, default)).Generation;
            await catalog.AddAsync(table, Rows.Row(key: "a"), default);
            (await catalog.DeleteByKeysAsync(table, ["a"], default)).Value!.Count.ShouldBe(1);
            (await catalog.DropTableAsync(table, default)).ShouldBeTrue();
        }
        finally
        {
            await _database.ExecuteAsync("SET GLOBAL sql_safe_updates = 0");
        }
    }

    protected override async Task SetColumnAsync(TableGeneration table, long id, string column, object? value) =>
        (await _database.ExecuteAsync($"UPDATE `{table.Name}` SET {column} = @value WHERE id = @id", ("@value", value), ("@id", id)))
            .ShouldBe(1);

    protected override async Task<object?> ReadColumnAsync(TableGeneration table, long id, string column)
    {
        var value = await _database.ScalarAsync($"SELECT {column} FROM `{table.Name}` WHERE id = @id", ("@id", id));
        return value switch
        {
            DateTime date => date.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
            sbyte or int or ulong => Convert.ToInt64(value, CultureInfo.InvariantCulture),
            _ => value,
        };
    }
}
