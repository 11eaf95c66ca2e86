using ImageSearch.Storage.Milvus.Protocol;

namespace ImageSearch.Storage.Milvus.Wire;

/// <content>Calls of migrations only.</content>
public sealed partial class MilvusClient
{
    /// <summary>Releases a collection from the server's memory if it is loaded.</summary>
    public async Task ReleaseAsync(string collection, CancellationToken cancellationToken)
    {
        var request = new ReleaseCollectionRequest { DbName = _options.Database, CollectionName = collection };
        await StatusAsync("ReleaseCollection", Service.ReleaseCollectionAsync, request, cancellationToken).ConfigureAwait(false);
    }
}
