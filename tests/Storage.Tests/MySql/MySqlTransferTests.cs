using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Migration;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.Tests.Catalog;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.MySql;

[OnMySql]
public sealed class MySqlTransferTests : TableTransferCompliance
{
    private readonly TestDatabase _database = TestDatabase.Create();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    protected override async Task<(ICatalog Catalog, ITableTransfer Transfer)> OpenAsync(TimeProvider time)
    {
        var catalog = await MySqlCatalog.OpenAsync(_database.Options, time, NullLogger<MySqlCatalog>.Instance, default);
        return (catalog, new MySqlTableTransfer(catalog, time));
    }
}
