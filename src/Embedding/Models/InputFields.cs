using System.Globalization;

namespace ImageSearch.Embedding.Models;

/// <summary>The manifest's fields of the network's input.</summary>
internal static class InputFields
{
    private const int MaxSide = 2048;

    // The greatest picture has 16,384 columns: with this value no picture is shrunk by its loader.
    private const double MaxOversampling = 2048;
    private const double DefaultOversampling = 2;

    internal static ManifestDocument.InputPart Empty { get; } =
        new(null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    internal static InputSpec Validate(ManifestDocument.InputPart input, FieldChecks checks)
    {
        var width = checks.Number("input.width", input.Width, 8, MaxSide);
        var height = checks.Number("input.height", input.Height, 8, MaxSide);
        var resize = checks.Enum<ResizeMode>(
            "input.resize", input.Resize, null, ("letterbox", ResizeMode.Letterbox), ("crop", ResizeMode.Crop), ("stretch", ResizeMode.Stretch));
        var element = checks.Enum<TensorElement>("input.dtype", input.Dtype, null, ("uint8", TensorElement.UInt8), ("float32", TensorElement.Float32));
        RejectUnusedFields(input, resize, element, checks);
        return new InputSpec(
            checks.Text("input.name", input.Name),
            width,
            height,
            checks.Enum<TensorLayout>("input.layout", input.Layout, null, ("NHWC", TensorLayout.Nhwc), ("NCHW", TensorLayout.Nchw)),
            element,
            checks.Enum<ChannelOrder>("input.channels", input.Channels, ChannelOrder.Rgb, ("RGB", ChannelOrder.Rgb), ("BGR", ChannelOrder.Bgr)),
            resize,
            checks.Enum<ResizeFilter>(
                "input.filter",
                input.Filter,
                null,
                ("bicubic", ResizeFilter.Bicubic),
                ("bilinear", ResizeFilter.Bilinear),
                ("lanczos", ResizeFilter.Lanczos)),
            resize == ResizeMode.Crop ? ShortSide(input, width, height, checks) : 0,
            checks.Real("input.minOversampling", input.MinOversampling, DefaultOversampling, 1, MaxOversampling),
            Pad(input, checks),
            Scale(input, checks),
            checks.Three("input.mean", input.Mean, fallback: 0, positive: false),
            checks.Three("input.std", input.Std, fallback: 1, positive: true));
    }

    // A field without effect is a mistake that otherwise shows only as poor results.
    private static void RejectUnusedFields(ManifestDocument.InputPart input, ResizeMode resize, TensorElement element, FieldChecks checks)
    {
        if (element == TensorElement.UInt8 && (input.Mean ?? input.Std) is not null) checks.AddError("input.mean and input.std need input.dtype 'float32'");
        if (element == TensorElement.UInt8 && input.Scale is not null) checks.AddError("input.scale needs input.dtype 'float32'");
        if (resize != ResizeMode.Crop && input.ShortSide is not null) checks.AddError("input.shortSide needs input.resize 'crop'");
        if (resize != ResizeMode.Letterbox && input.Pad is not null) checks.AddError("input.pad needs input.resize 'letterbox'");
    }

    private static int ShortSide(ManifestDocument.InputPart input, int width, int height, FieldChecks checks)
    {
        var minimum = Math.Max(width, height);
        return input.ShortSide is null ? minimum : checks.Number("input.shortSide", input.ShortSide, minimum, 2 * MaxSide);
    }

    private static IReadOnlyList<byte> Pad(ManifestDocument.InputPart input, FieldChecks checks)
    {
        if (input.Pad is null) return [255, 255, 255];
        if (input.Pad.Length == 3 && input.Pad.All(v => v is >= 0 and <= 255)) return [.. input.Pad.Select(v => (byte)v)];
        checks.AddError($"input.pad is [{string.Join(", ", input.Pad)}], must be 3 values of 0..255");
        return [255, 255, 255];
    }

    private static double Scale(ManifestDocument.InputPart input, FieldChecks checks)
    {
        var scale = input.Scale ?? 1.0 / 255;
        if (!double.IsFinite(scale) || scale <= 0) checks.AddError(string.Create(CultureInfo.InvariantCulture, $"input.scale is {scale}, must be over 0"));
        return scale;
    }
}
