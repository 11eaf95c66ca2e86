namespace ImageSearch.Embedding;

/// <summary>Computes the vectors of pictures. One instance serves all requests of the process.</summary>
public interface IPictureEmbedder : IAsyncDisposable
{
    /// <summary>The model of new tables.</summary>
    ModelIdentity Model { get; }

    /// <summary>Loads a model, if it is not loaded.</summary>
    /// <returns>Null if pictures can be embedded by it; else <see cref="FailureCode.ModelMismatch"/> with the reason.</returns>
    Task<Failure?> CheckModelAsync(ModelIdentity model) => Task.FromResult<Failure?>(null);

    /// <summary>Decodes a picture and embeds the requested views.</summary>
    /// <param name="picture">
    /// The file's bytes, of any allowed type. libvips reads them in place: they must not change until the task has completed. It completes
    /// only when no lane reads them, even if the call is cancelled. A caller that does not await this task, such as the caller of a grain,
    /// must not use pooled memory.
    /// </param>
    /// <param name="views">The views to embed; a network without a saliency output embeds only the whole picture.</param>
    /// <param name="target">The model of the vectors and the call that needs them.</param>
    /// <param name="cancellationToken">Removes the picture from the queue; a picture in progress is stopped soon.</param>
    /// <returns>Vectors of unit length, or a failure: that of the picture, <see cref="FailureCode.Busy"/>, or <see cref="FailureCode.ModelMismatch"/>.</returns>
    Task<Result<PictureVectors>> EmbedAsync(
        ReadOnlyMemory<byte> picture, PictureViews views, EmbeddingTarget target, CancellationToken cancellationToken);
}
