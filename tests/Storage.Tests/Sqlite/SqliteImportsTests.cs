using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Imports;
using ImageSearch.Storage.Tests.Catalog;

namespace ImageSearch.Storage.Tests.Sqlite;

public sealed class SqliteImportsTests : ImportStoreCompliance, IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override async Task<(ICatalog Catalog, IImportStore Imports)> OpenAsync(TimeProvider time)
    {
        var catalog = await DataFolder.OpenAsync(_folder.Options, time);
        return (catalog, new ImportStore(catalog, time));
    }

    protected override Task DropColumnAsync(string table, string column)
    {
        _folder.Execute($"ALTER TABLE imagesearch_{table} DROP COLUMN {column}");
        return Task.CompletedTask;
    }
}
