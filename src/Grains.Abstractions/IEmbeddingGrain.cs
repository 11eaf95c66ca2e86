namespace ImageSearch;

/// <summary>
/// Embeds pictures. It is a stateless worker: any activation serves any picture, so the key is always <see cref="Key"/>.
/// </summary>
[Alias("ImageSearch.IEmbeddingGrain")]
public interface IEmbeddingGrain : IGrainWithStringKey
{
    /// <summary>The only key of this grain.</summary>
    const string Key = "default";

    /// <summary>Decodes a picture and embeds it.</summary>
    /// <param name="picture">
    /// The file's bytes. Within a process they are not copied: they stay pinned while they are read, even after the caller has cancelled.
    /// Pooled memory can't be pinned and must not be passed.
    /// </param>
    /// <param name="views">The views to embed.</param>
    /// <param name="target">What the vectors are for; null from processes of older versions, which know one model.</param>
    /// <param name="cancellationToken">Removes the picture from the queue.</param>
    /// <returns>The vectors, or why there are none. A picture that is costly to decode may take several seconds, on low-priority threads.</returns>
    [Alias("Embed"), AnySilo, Retryable, ResponseTimeout("00:02:00")]
    Task<Result<PictureVectors>> EmbedAsync(
        [Immutable] ReadOnlyMemory<byte> picture, PictureViews views, EmbeddingTarget? target, CancellationToken cancellationToken);
}
