namespace ImageSearch.Embedding;

/// <summary>Turns a picture's bytes into vectors. One instance serves all requests of the process.</summary>
public interface IPictureEmbedder : IAsyncDisposable
{
    /// <summary>The network in use.</summary>
    ModelIdentity Model { get; }

    /// <summary>Decodes a picture and embeds the wanted views.</summary>
    /// <param name="picture">
    /// The file's bytes, of any allowed type. libvips reads them in place: they must not change until the task has ended, and it ends only when
    /// no lane reads them any more, also when the call is cancelled. A caller who does not wait for this task, such as one on the other side of
    /// a grain, must not take the bytes from a pool.
    /// </param>
    /// <param name="views">Which views; a network without a saliency output gives the whole picture only.</param>
    /// <param name="cancellationToken">Gives the picture's place in the queue back; a picture that is being worked on is finished.</param>
    /// <returns>Vectors of unit length, or why there are none: the picture's own fault, or <see cref="FailureCode.Busy"/>.</returns>
    Task<Result<PictureVectors>> EmbedAsync(ReadOnlyMemory<byte> picture, PictureViews views, CancellationToken cancellationToken);
}
