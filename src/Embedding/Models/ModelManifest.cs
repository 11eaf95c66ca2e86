namespace ImageSearch.Embedding.Models;

/// <summary>A model's manifest, validated.</summary>
/// <param name="Identity">Name, version and dimension: what tables remember.</param>
/// <param name="File">The network's full path.</param>
/// <param name="Sha256">What the file must hash to, lower-case hex.</param>
/// <param name="Input">What the network sees.</param>
/// <param name="OutputName">The graph's output with the vector.</param>
/// <param name="Saliency">Where the main object is told; null where the network does not.</param>
internal sealed record ModelManifest(
    ModelIdentity Identity, string File, string Sha256, InputSpec Input, string OutputName, SaliencySpec? Saliency);

/// <summary>How a picture becomes the network's input.</summary>
/// <param name="Name">The graph's input.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Layout">Whether channels come last or first.</param>
/// <param name="Element">The values' type.</param>
/// <param name="Channels">Their order.</param>
/// <param name="Resize">How a picture of another shape is fitted.</param>
/// <param name="Filter">The kernel it is resampled with.</param>
/// <param name="ShortSide">With <see cref="ResizeMode.Crop"/>: pixels of the shorter side before the middle is cut out.</param>
/// <param name="Pad">With <see cref="ResizeMode.Letterbox"/>: the red, green and blue around the picture.</param>
/// <param name="Scale">With float32: what 0..255 is multiplied by first.</param>
/// <param name="Mean">With float32: what is taken away then, of red, green and blue.</param>
/// <param name="Deviation">With float32: what is divided by last, of red, green and blue.</param>
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
    IReadOnlyList<byte> Pad,
    double Scale,
    IReadOnlyList<double> Mean,
    IReadOnlyList<double> Deviation);

/// <summary>The network's map of the main object.</summary>
/// <param name="Name">The graph's output: float32, 0..1, [y][x] over the letterboxed input.</param>
/// <param name="Grid">Cells a side.</param>
/// <param name="Box">How a box is made of it.</param>
internal sealed record SaliencySpec(string Name, int Grid, SaliencyBoxRule Box);

/// <summary>How a saliency map becomes a box; fractions.</summary>
/// <param name="MinPeak">Below this peak there is no main object.</param>
/// <param name="RelativeThreshold">Cells above this part of the peak belong to objects.</param>
/// <param name="KeepComponentMass">Objects of at least this part of the heaviest one's mass belong to the box.</param>
/// <param name="Margin">What the box grows by at each side, of its own size.</param>
/// <param name="MinSide">A box whose longer side is under this part of the picture's is none.</param>
/// <param name="MaxArea">A box of more than this part of the picture is none: the object is the picture.</param>
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
    /// <summary>All of it, centred, the rest filled with a colour.</summary>
    Letterbox,

    /// <summary>Its middle.</summary>
    Crop,

    /// <summary>All of it, distorted.</summary>
    Stretch,
}

/// <summary>The resampling kernel; all of them antialias.</summary>
internal enum ResizeFilter
{
    Bilinear,
    Bicubic,
    Lanczos,
}
