namespace ImageSearch.Embedding.Models;

/// <summary>A model's manifest, validated.</summary>
/// <param name="Identity">Name, version and dimension, which tables store.</param>
/// <param name="File">The full path of the network.</param>
/// <param name="Sha256">The SHA-256 of the file, in lower-case hexadecimal.</param>
/// <param name="Input">The input of the network.</param>
/// <param name="OutputName">The name of the output with the vector.</param>
/// <param name="Saliency">The output with the saliency map; null if the network has none.</param>
/// <param name="Golden">Pictures with their vectors, to check the processor's int8 kernels; usually empty.</param>
internal sealed record ModelManifest(
    ModelIdentity Identity,
    string File,
    string Sha256,
    InputSpec Input,
    string OutputName,
    SaliencySpec? Saliency,
    IReadOnlyList<GoldenPicture> Golden)
{
    /// <summary>Resolves <see cref="PictureViews.Recommended"/>.</summary>
    internal PictureViews Resolve(PictureViews views)
    {
        if (Saliency is null) return PictureViews.Whole;
        if (views != PictureViews.Recommended) return views;
        return Saliency.IsForSearches ? PictureViews.WholeAndMainObject : PictureViews.Whole;
    }
}

/// <summary>A picture with the vector that the network computes for it.</summary>
/// <param name="File">The full path of the picture, which has the size of the network's input.</param>
/// <param name="Vector">The vector, of unit length.</param>
internal sealed record GoldenPicture(string File, float[] Vector);

/// <summary>How a picture becomes the network's input.</summary>
/// <param name="Name">The name of the input.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Layout">Whether channels come last or first.</param>
/// <param name="Element">The type of the values.</param>
/// <param name="Channels">The order of the channels.</param>
/// <param name="Resize">How a picture of another aspect ratio is fitted.</param>
/// <param name="Filter">The resampling kernel.</param>
/// <param name="ShortSide">With <see cref="ResizeMode.Crop"/>: pixels of the shorter side before the center is cut out.</param>
/// <param name="MinOversampling">Source pixels per input pixel and axis that a loader leaves when it shrinks a picture while it decodes.</param>
/// <param name="Pad">With <see cref="ResizeMode.Letterbox"/>: red, green and blue of the padding.</param>
/// <param name="Scale">With float32: factor of the values 0..255.</param>
/// <param name="Mean">With float32: subtracted after scaling, for red, green and blue.</param>
/// <param name="Deviation">With float32: divisor after subtraction, for red, green and blue.</param>
internal sealed record InputSpec(
    string Name,
    int Width,
    int Height,
    TensorLayout Layout,
    TensorElement Element,
    ChannelOrder Channels,
    ResizeMode Resize,
    ResizeFilter Filter,
    int ShortSide,
    double MinOversampling,
    IReadOnlyList<byte> Pad,
    double Scale,
    IReadOnlyList<double> Mean,
    IReadOnlyList<double> Deviation);

/// <summary>The network's saliency map, which shows the main object.</summary>
/// <param name="Name">The name of the output: float32, 0..1, [y][x] over the letterboxed input.</param>
/// <param name="Grid">Cells per side.</param>
/// <param name="Box">The rule for the box.</param>
/// <param name="IsForSearches">Whether searches embed the main object too, unless MAIN_OBJECT says otherwise.</param>
internal sealed record SaliencySpec(string Name, int Grid, SaliencyBoxRule Box, bool IsForSearches = true);

/// <summary>How a box is derived from a saliency map. All values are fractions.</summary>
/// <param name="MinPeak">A map with a lower peak has no main object.</param>
/// <param name="RelativeThreshold">Cells above this fraction of the peak belong to objects.</param>
/// <param name="KeepComponentMass">Objects with at least this fraction of the mass of the heaviest one belong to the box.</param>
/// <param name="Margin">Fraction of its size by which the box grows on each side.</param>
/// <param name="MinSide">A box whose longer side is below this fraction of the picture's is discarded.</param>
/// <param name="MaxArea">A box above this fraction of the area is discarded: the object fills the picture.</param>
internal sealed record SaliencyBoxRule(
    double MinPeak, double RelativeThreshold, double KeepComponentMass, double Margin, double MinSide, double MaxArea);

/// <summary>The order of a tensor's axes.</summary>
internal enum TensorLayout
{
    Nhwc,
    Nchw,
}

/// <summary>The type of a tensor's values.</summary>
internal enum TensorElement
{
    UInt8,
    Float32,
}

/// <summary>The order of a pixel's values.</summary>
internal enum ChannelOrder
{
    Rgb,
    Bgr,
}

/// <summary>How a picture is fitted into the input.</summary>
internal enum ResizeMode
{
    /// <summary>The whole picture, centered and padded.</summary>
    Letterbox,

    /// <summary>Its center.</summary>
    Crop,

    /// <summary>The whole picture, distorted.</summary>
    Stretch,
}

/// <summary>The resampling kernel; all of them antialias.</summary>
internal enum ResizeFilter
{
    Bilinear,
    Bicubic,
    Lanczos,
}
