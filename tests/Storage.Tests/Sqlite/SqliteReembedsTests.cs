using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Reembedding;
using ImageSearch.Storage.Tests.Catalog;

namespace ImageSearch.Storage.Tests.Sqlite;

public sealed class SqliteReembedsTests : ReembedStoreCompliance, IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override async Task<(ICatalog Catalog, IReembedStore Reembeds)> OpenAsync(TimeProvider time)
    {
        var catalog = await DataFolder.OpenAsync(_folder.Options, time);
        return (catalog, new ReembedStore(catalog, time));
    }
}
