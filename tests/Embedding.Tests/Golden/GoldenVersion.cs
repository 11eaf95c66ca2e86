using System.Runtime.InteropServices;
using System.Text.Json;
using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Tests.Golden;

/// <summary>Pictures with the results of Python's Pillow and ONNX Runtime, for one version of the model.</summary>
/// <param name="Model">The name of the float model.</param>
/// <param name="ModelFolder">Its folder.</param>
/// <param name="Int8Folder">The folder of the int8 model.</param>
/// <param name="Folder">The folder in tests/data/golden. Pictures that all versions share are in its parent folder.</param>
/// <param name="BoxCaseCount">The number of cases of the box rule.</param>
internal sealed record GoldenVersion(string Model, string ModelFolder, string Int8Folder, string Folder, int BoxCaseCount)
{
    private readonly JsonElement _root = Parse(Folder, "golden.json");

    internal static IReadOnlyList<GoldenVersion> All { get; } =
    [
        new("lite0-ret-512-sal", "lite0-ret-512-sal", "lite0-ret-512-sal-int8", "", BoxCaseCount: 128),
        new("lite0-ret-512-v2", "v2", "v2-int8", "v2", BoxCaseCount: 28),
        new("lite0-ret-512-v2-160", "v2-160", "v2-160-int8", "v2-160", BoxCaseCount: 28),
    ];

    internal static GoldenVersion Of(string model) => All.Single(version => version.Model == model);

    internal IReadOnlyList<GoldenPicture> Float => Results($"{Model}.onnx");

    internal IReadOnlyList<GoldenPicture> Int8 => Results($"{Model}.int8.onnx");

    internal IEnumerable<(float[] Map, int Width, int Height, PixelBox? Box)> BoxCases() =>
        Parse(Folder, "box_cases.json").GetProperty("cases").EnumerateArray().Select(c =>
            (Floats(c.GetProperty("s")), c.GetProperty("w").GetInt32(), c.GetProperty("h").GetInt32(), Box(c, "b")));

    internal byte[] Bytes(string file)
    {
        var own = PathOf(Folder, file);
        return File.ReadAllBytes(File.Exists(own) ? own : PathOf("", file));
    }

    private static string PathOf(string folder, string file) => Path.Combine(AppContext.BaseDirectory, "golden", folder, file);

    internal IReadOnlyList<GoldenPicture> Results(string onnxFile) =>
        [.. _root.GetProperty("models").GetProperty(onnxFile).EnumerateArray().Select(Read)];

    private GoldenPicture Read(JsonElement entry)
    {
        var path = entry.GetProperty("file").GetString()!;
        var image = _root.GetProperty("images").EnumerateArray().Single(i => i.GetProperty("file").GetString() == path);
        return new GoldenPicture(
            Path.GetFileName(path),
            image.GetProperty("kind").GetString()!.StartsWith("exact", StringComparison.Ordinal),
            image.TryGetProperty("tensorSha256Uint8NHWC", out var hash) ? hash.GetString() : null,
            Floats(entry.GetProperty("embedding")),
            Floats(entry.GetProperty("saliency")),
            Box(entry, "box"),
            entry.TryGetProperty("cropEmbedding", out var crop) ? Floats(crop) : null);
    }

    private static JsonElement Parse(string folder, string file) => JsonDocument.Parse(File.ReadAllBytes(PathOf(folder, file))).RootElement;

    private static float[] Floats(JsonElement base64) => MemoryMarshal.Cast<byte, float>(base64.GetBytesFromBase64()).ToArray();

    private static PixelBox? Box(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var box) && box.ValueKind == JsonValueKind.Array
            ? new PixelBox(box[0].GetInt32(), box[1].GetInt32(), box[2].GetInt32(), box[3].GetInt32())
            : null;
}

/// <param name="File">The name of its file.</param>
/// <param name="IsExact">Whether it has the size of the input, so that nothing is resampled.</param>
/// <param name="TensorSha256">The hash of the network's input; null if resampling causes small differences.</param>
/// <param name="Embedding">The vector of the whole picture.</param>
/// <param name="Saliency">The saliency map: rows of cells.</param>
/// <param name="Box">The box of the main object; null if there is none.</param>
/// <param name="CropEmbedding">The vector of <paramref name="Box"/>; null without a box.</param>
internal sealed record GoldenPicture(
    string File, bool IsExact, string? TensorSha256, float[] Embedding, float[] Saliency, PixelBox? Box, float[]? CropEmbedding);
