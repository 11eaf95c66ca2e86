using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Lanes;

/// <summary>What a lane needs to embed with one network: a decoder for its input, and buffers.</summary>
/// <param name="model">The network. Its owner disposes of it after the lane.</param>
internal sealed class LaneModel(LoadedModel model) : IDisposable
{
    internal PictureDecoder Decoder { get; } = new(model.Manifest.Input);

    internal TensorLane Tensors { get; } = model.NewLane();

    /// <summary>Returns the main object of the picture that the network ran on last, in the upright picture; null if it has none.</summary>
    /// <param name="header">The picture.</param>
    /// <param name="region">The part of it that the network ran on; null for all of it.</param>
    internal PixelBox? FindMainObject(PictureHeader header, PixelBox? region)
    {
        if (model.Manifest.Saliency is not { } saliency) return null;
        var seen = region ?? new PixelBox(0, 0, header.Width, header.Height);
        return SaliencyBox.Find(Tensors.Saliency, saliency, model.Manifest.Input, seen.Width, seen.Height) is { } box
            ? new PixelBox(seen.Left + box.Left, seen.Top + box.Top, seen.Left + box.Right, seen.Top + box.Bottom)
            : null;
    }

    /// <inheritdoc/>
    public void Dispose() => Tensors.Dispose();
}
