using ImageSearch.Embedding.Models;

namespace ImageSearch.Embedding.Pictures;

/// <summary>Where a picture lands in the network's input: what it is scaled to and where that begins, negative where it is cut.</summary>
internal readonly record struct Placement(int ScaledWidth, int ScaledHeight, int Left, int Top)
{
    /// <summary>Places a picture of a size. All roundings are half to even, as the training code's Python does.</summary>
    internal static Placement Of(InputSpec input, int width, int height)
    {
        switch (input.Resize)
        {
            case ResizeMode.Stretch:
                return new Placement(input.Width, input.Height, 0, 0);
            case ResizeMode.Crop:
                var (scaledWidth, scaledHeight) = width <= height
                    ? (input.ShortSide, (int)Math.Min((double)input.ShortSide * height / width, MaxScaledSide))
                    : ((int)Math.Min((double)input.ShortSide * width / height, MaxScaledSide), input.ShortSide);
                return new Placement(scaledWidth, scaledHeight, -Half(scaledWidth - input.Width), -Half(scaledHeight - input.Height));
            default:
                var ratio = Math.Min((double)input.Width / width, (double)input.Height / height);
                var (w, h) = (Math.Max(1, (int)Math.Round(width * ratio)), Math.Max(1, (int)Math.Round(height * ratio)));
                return new Placement(w, h, (input.Width - w) / 2, (input.Height - h) / 2);
        }
    }

    // libvips refuses pictures of ten million columns; only a line of pixels would become as long as this.
    private const double MaxScaledSide = 1_000_000;

    /// <summary>The part of the scaled picture that is seen in the input.</summary>
    internal PixelBox VisibleIn(InputSpec input) => new(
        Math.Max(0, -Left), Math.Max(0, -Top), Math.Min(ScaledWidth, input.Width - Left), Math.Min(ScaledHeight, input.Height - Top));

    private static int Half(int pixels) => (int)Math.Round(pixels / 2.0);
}
