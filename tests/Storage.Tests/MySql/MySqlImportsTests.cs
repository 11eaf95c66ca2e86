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

    [SuiteFact]
    public async Task A_list_that_another_process_receives_is_not_cancelled()
    {
        var (id, imports) = await RunningAsync();
        var receiving = id.Replace(id[0], id[0] == 'e' ? 'd' : 'e');
        await imports.BeginImportAsync(receiving, new TableGeneration(TableName.Parse("shop").Value, 1), PictureViews.Whole, ImportChoices.Default, default);
        await imports.HearAsync(receiving, TimeSpan.FromHours(1), default);

        (await imports.CancelUnheardAsync(receiving, "broken off", default)).ShouldBeFalse();
    }

    protected override async Task<(ICatalog Catalog, IImportStore Imports)> OpenAsync(TimeProvider time)
    {
        var catalog = await MySqlCatalog.OpenAsync(_database.Options, time, NullLogger<MySqlCatalog>.Instance, default);
        return (catalog, new ImportStore(catalog, time));
    }

    protected override Task DropColumnAsync(string table, string column) => _database.ExecuteAsync($"ALTER TABLE `imagesearch${table}` DROP COLUMN {column}");
}
