using ImageSearch.Storage.Vectors;

namespace ImageSearch.Storage.Tests.Vectors.Embedded;

/// <summary>The compliance suite over a store whose memory fits one small table: the others are loaded and evicted with each use.</summary>
public sealed class EvictingVectorStoreTests : VectorStoreCompliance, IDisposable
{
    private readonly IndexFolder _folder = new();

    protected override Task<IVectorStore> CreateStoreAsync() => Task.FromResult<IVectorStore>(_folder.Open(limit: 60_000));

    public void Dispose() => _folder.Dispose();
}
