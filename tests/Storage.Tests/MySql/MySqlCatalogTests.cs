using System.Globalization;
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
