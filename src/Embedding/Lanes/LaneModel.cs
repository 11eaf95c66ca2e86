using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Lanes;

/// <summary>What a lane needs to embed with one network: a decoder for its input, and buffers.</summary>
/// <param name="model">The network. Its owner disposes of it after the lane.</param>
internal sealed class LaneModel(LoadedModel model) : IDisposable
{
    internal PictureDecoder Decoder { get; } = new(model.Manifest.Input);

    internal TensorLane Tensors { get; } = model.NewLane();

    /// <summary>Returns the main object of the picture that the network ran on last; null if it has none.</summary>
    internal PixelBox? FindMainObject(PictureHeader header) =>
        model.Manifest.Saliency is { } saliency
            ? SaliencyBox.Find(Tensors.Saliency, saliency, model.Manifest.Input, header.Width, header.Height)
            : null;

    /// <inheritdoc/>
    public void Dispose() => Tensors.Dispose();
}
