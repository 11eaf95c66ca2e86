using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Imports;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.Tests.Catalog;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.MySql;

[OnMySql]
public sealed class MySqlImportsTests : ImportStoreCompliance
{
    private readonly TestDatabase _database = TestDatabase.Create();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    [SuiteFact]
    public async Task An_import_belongs_to_one_process_until_it_lets_it_go()
    {
        var (id, imports) = await RunningAsync();
        (await imports.ClaimImportAsync(id, Owner('a'), TimeSpan.FromHours(1), default)).ShouldBeTrue();
        (await imports.ClaimImportAsync(id, Owner('b'), TimeSpan.FromHours(1), default)).ShouldBeFalse();

        await imports.ClaimImportAsync(id, Owner('a'), TimeSpan.Zero, default);

        (await imports.ClaimImportAsync(id, Owner('b'), TimeSpan.FromHours(1), default)).ShouldBeTrue();
        (await imports.ClaimImportAsync(id, Owner('a'), TimeSpan.FromHours(1), default)).ShouldBeFalse();
    }

    protected override async Task<(ICatalog Catalog, IImportStore Imports)> OpenAsync(TimeProvider time)
    {
        var catalog = await MySqlCatalog.OpenAsync(_database.Options, time, NullLogger<MySqlCatalog>.Instance, default);
        return (catalog, new ImportStore(catalog, time));
    }
}
