using ImageSearch.Embedding.Models;

namespace ImageSearch.Embedding.Pictures;

/// <summary>The placement of a picture in the network's input: its scaled size and position, which is negative if it is cropped.</summary>
internal readonly record struct Placement(int ScaledWidth, int ScaledHeight, int Left, int Top)
{
    /// <summary>Places a picture. Rounds half to even, as the Python of the training code does.</summary>
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

    // libvips rejects pictures of ten million columns. Only a single line of pixels reaches this limit.
    private const double MaxScaledSide = 1_000_000;

    /// <summary>The part of the scaled picture that is visible in the input.</summary>
    internal PixelBox VisibleIn(InputSpec input) => new(
        Math.Max(0, -Left), Math.Max(0, -Top), Math.Min(ScaledWidth, input.Width - Left), Math.Min(ScaledHeight, input.Height - Top));

    private static int Half(int pixels) => (int)Math.Round(pixels / 2.0);
}
