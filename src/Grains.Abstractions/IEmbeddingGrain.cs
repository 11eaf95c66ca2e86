namespace ImageSearch;

/// <summary>
/// Turns pictures into vectors. A stateless worker: any activation serves any picture, so the key is always <see cref="Key"/>.
/// </summary>
[Alias("ImageSearch.IEmbeddingGrain")]
public interface IEmbeddingGrain : IGrainWithStringKey
{
    /// <summary>The one key of this grain.</summary>
    const string Key = "default";

    /// <summary>Decodes a picture and embeds it.</summary>
    /// <param name="picture">
    /// The file's bytes. In one process they are not copied: a lane pins them while it reads them, also after the caller has cancelled. Memory
    /// of a pool can't be pinned and must not be passed.
    /// </param>
    /// <param name="views">Which views are wanted.</param>
    /// <param name="cancellationToken">Gives the picture's place in the queue back.</param>
    /// <returns>The vectors, or why the picture has none. A dear one may wait for seconds and take as long again, on threads that stand back.</returns>
    [Alias("Embed"), AnySilo, Retryable, ResponseTimeout("00:02:00")]
    Task<Result<PictureVectors>> EmbedAsync([Immutable] ReadOnlyMemory<byte> picture, PictureViews views, CancellationToken cancellationToken);
}
