using ImageSearch.Storage.Catalog;

namespace ImageSearch.Cli.Catalogs;

/// <summary>The catalog that a command works on, held until it is disposed of.</summary>
internal sealed class OpenCatalog(ICatalog catalog, ITableTransfer transfer) : IAsyncDisposable
{
    public ICatalog Catalog { get; } = catalog;

    public ITableTransfer Transfer { get; } = transfer;

    public ValueTask DisposeAsync() => Catalog.DisposeAsync();
}
