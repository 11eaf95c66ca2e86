using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Keys;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.Tests.Catalog;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.MySql;

[OnMySql]
public sealed class MySqlKeysTests : KeyStoreCompliance
{
    private readonly TestDatabase _database = TestDatabase.Create();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    protected override async Task<(ICatalog Catalog, IKeyStore Keys)> OpenAsync(TimeProvider time)
    {
        var catalog = await MySqlCatalog.OpenAsync(_database.Options, time, NullLogger<MySqlCatalog>.Instance, default);
        return (catalog, new KeyStore(catalog, time));
    }
}
