using System.Buffers.Binary;
using System.Security.Cryptography;
using ImageSearch.Embedding;
using Microsoft.Extensions.Caching.Memory;

namespace ImageSearch.Silo.Backend;

/// <summary>
/// Keeps the vectors of searched pictures: a page that many customers open searches with the same picture again and again, which then costs
/// no inference. Pictures are compared by the SHA-256 of their bytes, so no picture gets the vectors of another. Adds and imports pass by:
/// their pictures are rarely searched with, and a long import would evict everything. API keys share no entry: the time of an answer would tell
/// one shop which pictures another one searched with.
/// </summary>
/// <param name="embedder">Embeds the other pictures.</param>
/// <param name="megabytes">Memory for the vectors, in MiB.</param>
internal sealed class SearchCache(IPictureEmbedder embedder, int megabytes) : IPictureEmbedder
{
    // The key, the entry and its place in the map.
    private const int EntryBytes = 512;

    private const int MaxInlineBytes = 256 << 10;

    private readonly MemoryCache _vectors = new(new MemoryCacheOptions { SizeLimit = (long)megabytes << 20 });
    private readonly SearchCacheMetrics _metrics = new();
    private volatile bool _isDisposed;

    /// <inheritdoc/>
    public ModelIdentity Model => embedder.Model;

    /// <inheritdoc/>
    public Task<Failure?> CheckModelAsync(ModelIdentity model) => embedder.CheckModelAsync(model);

    /// <inheritdoc/>
    public async Task<Result<PictureVectors>> EmbedAsync(
        ReadOnlyMemory<byte> picture, PictureViews views, EmbeddingTarget target, CancellationToken cancellationToken)
    {
        if (target.Use != EmbeddingUse.Search || await HashAsync(picture) is not { } hash)
            return await embedder.EmbedAsync(picture, views, target, cancellationToken);
        var key = new Key(hash, views, target.Model ?? embedder.Model, target.Region, target.WantsBox, target.Owner);
        if (Find(key) is { } cached)
        {
            _metrics.Hit();
            return cached;
        }

        _metrics.Missed();
        var embedded = await embedder.EmbedAsync(picture, views, target, cancellationToken);
        if (embedded.TryGet(out var vectors, out _)) Add(key, vectors);
        return embedded;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        await embedder.DisposeAsync();
        _vectors.Dispose();
        _metrics.Dispose();
    }

    // A large picture is hashed outside the grain's turn: 20 MB take 13 to 50 ms. Null if the caller has left and its bytes are freed; the
    // pin keeps them while they are read.
    private static async ValueTask<(UInt128 Start, UInt128 End)?> HashAsync(ReadOnlyMemory<byte> picture)
    {
        try
        {
            using var pin = picture.Pin();
            return picture.Length <= MaxInlineBytes ? Hash(picture) : await Task.Run(() => Hash(picture));
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
    }

    private static (UInt128 Start, UInt128 End) Hash(ReadOnlyMemory<byte> picture)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(picture.Span, hash);
        return (BinaryPrimitives.ReadUInt128LittleEndian(hash), BinaryPrimitives.ReadUInt128LittleEndian(hash[16..]));
    }

    private PictureVectors? Find(Key key) => _isDisposed ? null : _vectors.Get<PictureVectors>(key);

    private void Add(Key key, PictureVectors vectors)
    {
        if (_isDisposed) return;
        var size = EntryBytes + (sizeof(float) * (long)(vectors.Whole.Length + (vectors.MainObject?.Length ?? 0)));
        _vectors.Set(key, vectors, new MemoryCacheEntryOptions { Size = size });
    }

    /// <summary>The SHA-256 of a picture, and everything else that the vectors depend on.</summary>
    private readonly record struct Key(
        (UInt128 Start, UInt128 End) Hash, PictureViews Views, ModelIdentity Model, PictureRegion? Region, bool WantsBox, string? Owner);
}
