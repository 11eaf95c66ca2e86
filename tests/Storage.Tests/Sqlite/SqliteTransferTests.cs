using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Tests.Catalog;

namespace ImageSearch.Storage.Tests.Sqlite;

public sealed class SqliteTransferTests : TableTransferCompliance, IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override async Task<(ICatalog Catalog, ITableTransfer Transfer)> OpenAsync(TimeProvider time)
    {
        var catalog = await DataFolder.OpenAsync(_folder.Options, time);
        return (catalog, catalog);
    }
}
