using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace ImageSearch.Embedding.Tests.Networks;

/// <summary>A temporary model folder for one test.</summary>
internal sealed class NetworkFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imagesearch-model-");

    /// <param name="onnx">The network.</param>
    /// <param name="change">
    /// Changes the default manifest: mean-rgb, NCHW float32 "pixels" of 32 x 24, stretched, three values "mean".
    /// </param>
    internal NetworkFolder(byte[] onnx, Action<JsonObject>? change = null)
    {
        File.WriteAllBytes(System.IO.Path.Combine(Path, "net.onnx"), onnx);
        var manifest = JsonNode.Parse("""
            {
              "name": "mean-rgb", "version": "7", "license": "Apache-2.0", "file": "net.onnx",
              "input": { "name": "pixels", "layout": "NCHW", "dtype": "float32", "width": 32, "height": 24, "resize": "stretch", "filter": "bilinear" },
              "output": { "name": "mean", "dimension": 3 }
            }
            """)!.AsObject();
        manifest["sha256"] = Convert.ToHexStringLower(SHA256.HashData(onnx));
        change?.Invoke(manifest);
        WriteManifest(manifest.ToJsonString());
    }

    /// <summary>The folder.</summary>
    internal string Path => _folder.FullName;

    /// <summary>A network that computes the mean of each channel of its input.</summary>
    internal static byte[] MeanOfPlanes { get; } =
        OnnxFile.Write(("pixels", OnnxFile.Float32, [-1, 3, 24, 32]), ("mean", [-1, 3]), OnnxFile.Mean("pixels", "mean", 2, 3));

    /// <summary>The same for bytes with channels last.</summary>
    internal static byte[] MeanOfBytes { get; } = OnnxFile.Write(
        ("pixels", OnnxFile.UInt8, [-1, 24, 32, 3]), ("mean", [-1, 3]), OnnxFile.ToFloat("pixels", "f"), OnnxFile.Mean("f", "mean", 1, 2));

    internal void WriteManifest(string json) => File.WriteAllText(System.IO.Path.Combine(Path, "manifest.json"), json);

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);
}
