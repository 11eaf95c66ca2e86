namespace ImageSearch.Embedding;

/// <summary>Turns a picture's bytes into vectors. One instance serves all requests of the process.</summary>
public interface IPictureEmbedder : IAsyncDisposable
{
    /// <summary>The network in use.</summary>
    ModelIdentity Model { get; }

    /// <summary>Decodes a picture and embeds the wanted views.</summary>
    /// <param name="picture">The file's bytes, of any allowed type; not to be changed until the task has ended.</param>
    /// <param name="views">Which views; a network without a saliency output gives the whole picture only.</param>
    /// <param name="cancellationToken">Gives the picture's place in the queue back; a picture that is being worked on is finished.</param>
    /// <returns>Vectors of unit length, or why there are none: the picture's own fault, or <see cref="FailureCode.Busy"/>.</returns>
    Task<Result<PictureVectors>> EmbedAsync(ReadOnlyMemory<byte> picture, PictureViews views, CancellationToken cancellationToken);
}
