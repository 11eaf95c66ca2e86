using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.Tests.Catalog;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.MySql;

[OnMySql]
public sealed class MySqlItemsTests : ItemCatalogCompliance
{
    private readonly TestDatabase _database = TestDatabase.Create();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    [SuiteFact]
    public Task Any_sequence_of_calls_leaves_the_items_that_a_dictionary_would_hold() =>
        ItemModelSteps.CheckAsync(sequences: 15, async steps =>
        {
            await using var database = TestDatabase.Create();
            await ItemModel.RunAsync(
                steps, async () => await MySqlCatalog.OpenAsync(database.Options, TimeProvider.System, NullLogger<MySqlCatalog>.Instance, default));
        });

    protected override async Task<ICatalog> OpenAsync(TimeProvider time) =>
        await MySqlCatalog.OpenAsync(_database.Options, time, NullLogger<MySqlCatalog>.Instance, default);
}
