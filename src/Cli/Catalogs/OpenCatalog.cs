using ImageSearch.Storage.Catalog;

namespace ImageSearch.Cli.Catalogs;

/// <summary>The open catalog of a command.</summary>
internal sealed class OpenCatalog(ICatalog catalog, ITableTransfer transfer) : IAsyncDisposable
{
    public ICatalog Catalog { get; } = catalog;

    public ITableTransfer Transfer { get; } = transfer;

    public ValueTask DisposeAsync() => Catalog.DisposeAsync();
}
