using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Tests.Catalog;

namespace ImageSearch.Storage.Tests.Sqlite;

public sealed class SqliteItemCatalogTests : ItemCatalogCompliance, IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Any_sequence_of_calls_leaves_the_items_that_a_dictionary_would_hold() =>
        ItemModelSteps.CheckAsync(sequences: 40, async steps =>
        {
            using var folder = new DataFolder();
            await ItemModel.RunAsync(steps, async () => await folder.OpenAsync());
        });

    protected override async Task<ICatalog> OpenAsync(TimeProvider time) => await DataFolder.OpenAsync(_folder.Options, time);
}
