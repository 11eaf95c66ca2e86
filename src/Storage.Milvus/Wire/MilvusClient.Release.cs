using ImageSearch.Storage.Milvus.Protocol;

namespace ImageSearch.Storage.Milvus.Wire;

/// <content>What the migration needs beyond the vector store.</content>
internal sealed partial class MilvusClient
{
    /// <summary>Takes a collection out of the server's memory; one that is not loaded is passed over.</summary>
    public async Task ReleaseAsync(string collection, CancellationToken cancellationToken)
    {
        var request = new ReleaseCollectionRequest { DbName = _options.Database, CollectionName = collection };
        await StatusAsync("ReleaseCollection", Service.ReleaseCollectionAsync, request, cancellationToken).ConfigureAwait(false);
    }
}
