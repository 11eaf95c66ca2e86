using ImageSearch.Storage.Tests.Catalog;

namespace ImageSearch.Storage.Tests.Sqlite;

public sealed class SqliteTransferTests : TableTransferCompliance, IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override async Task<ICatalog> OpenAsync(TimeProvider time) => await DataFolder.OpenAsync(_folder.Options, time);
}
