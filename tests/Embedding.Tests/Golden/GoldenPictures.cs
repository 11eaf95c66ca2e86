using System.Runtime.InteropServices;
using System.Text.Json;
using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Tests.Golden;

/// <summary>Pictures with the results of Python's Pillow and ONNX Runtime.</summary>
internal static class GoldenPictures
{
    private static readonly JsonElement Root = Parse("golden.json");

    internal static IReadOnlyList<GoldenPicture> Of(string onnxFile) =>
        [.. Root.GetProperty("models").GetProperty(onnxFile).EnumerateArray().Select(entry => Read(entry))];

    internal static IEnumerable<(float[] Map, int Width, int Height, PixelBox? Box)> BoxCases() =>
        Parse("box_cases.json").GetProperty("cases").EnumerateArray().Select(c =>
            (Floats(c.GetProperty("s")), c.GetProperty("w").GetInt32(), c.GetProperty("h").GetInt32(), Box(c, "b")));

    internal static byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(Folder, file));

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "golden");

    private static GoldenPicture Read(JsonElement entry)
    {
        var path = entry.GetProperty("file").GetString()!;
        var image = Root.GetProperty("images").EnumerateArray().Single(i => i.GetProperty("file").GetString() == path);
        return new GoldenPicture(
            Path.GetFileName(path),
            image.GetProperty("kind").GetString()!.StartsWith("exact", StringComparison.Ordinal),
            image.TryGetProperty("tensorSha256Uint8NHWC", out var hash) ? hash.GetString() : null,
            Floats(entry.GetProperty("embedding")),
            Floats(entry.GetProperty("saliency")),
            Box(entry, "box"),
            entry.TryGetProperty("cropEmbedding", out var crop) ? Floats(crop) : null);
    }

    private static JsonElement Parse(string file) => JsonDocument.Parse(Bytes(file)).RootElement;

    private static float[] Floats(JsonElement base64) => MemoryMarshal.Cast<byte, float>(base64.GetBytesFromBase64()).ToArray();

    private static PixelBox? Box(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var box) && box.ValueKind == JsonValueKind.Array
            ? new PixelBox(box[0].GetInt32(), box[1].GetInt32(), box[2].GetInt32(), box[3].GetInt32())
            : null;
}

/// <param name="File">The name in tests/data/golden.</param>
/// <param name="IsExact">Whether it has the size of the input, so that nothing is resampled.</param>
/// <param name="TensorSha256">The hash of the network's input; null if resampling causes small differences.</param>
/// <param name="Embedding">The vector of the whole picture.</param>
/// <param name="Saliency">The saliency map: 28 rows of 28.</param>
/// <param name="Box">The box of the main object; null if there is none.</param>
/// <param name="CropEmbedding">The vector of <paramref name="Box"/>; null without a box.</param>
internal sealed record GoldenPicture(
    string File, bool IsExact, string? TensorSha256, float[] Embedding, float[] Saliency, PixelBox? Box, float[]? CropEmbedding);
