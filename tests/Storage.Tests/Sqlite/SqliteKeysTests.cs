using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Keys;
using ImageSearch.Storage.Tests.Catalog;

namespace ImageSearch.Storage.Tests.Sqlite;

public sealed class SqliteKeysTests : KeyStoreCompliance, IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override async Task<(ICatalog Catalog, IKeyStore Keys)> OpenAsync(TimeProvider time)
    {
        var catalog = await DataFolder.OpenAsync(_folder.Options, time);
        return (catalog, new KeyStore(catalog, time));
    }
}
