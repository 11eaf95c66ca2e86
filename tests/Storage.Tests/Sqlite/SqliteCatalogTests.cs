using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Rows;
using ImageSearch.Storage.Tests.Catalog;

namespace ImageSearch.Storage.Tests.Sqlite;

public sealed class SqliteCatalogTests : CatalogCompliance, IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override async Task<ICatalog> OpenAsync(TimeProvider time) => await DataFolder.OpenAsync(_folder.Options, time);

    protected override Task SetColumnAsync(TableGeneration table, long id, string column, object? value)
    {
        _folder.Execute($"UPDATE {RowSql.Table} SET {column} = $value WHERE generation = {table.Number} AND id = $id", ("$value", value), ("$id", id))
            .ShouldBe(1);
        return Task.CompletedTask;
    }

    protected override Task<object?> ReadColumnAsync(TableGeneration table, long id, string column) =>
        Task.FromResult(_folder.Scalar($"SELECT {column} FROM {DataFolder.RowsOf(table)} AND id = $id", ("$id", id)));
}
