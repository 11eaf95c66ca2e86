using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.Reembedding;
using ImageSearch.Storage.Tests.Catalog;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.MySql;

[OnMySql]
public sealed class MySqlReembedsTests : ReembedStoreCompliance
{
    private readonly TestDatabase _database = TestDatabase.Create();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    protected override async Task<(ICatalog Catalog, IReembedStore Reembeds)> OpenAsync(TimeProvider time)
    {
        var catalog = await MySqlCatalog.OpenAsync(_database.Options, time, NullLogger<MySqlCatalog>.Instance, default);
        return (catalog, new ReembedStore(catalog, time));
    }
}
