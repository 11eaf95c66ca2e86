using System.Text.Json.Nodes;
using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Tests.Networks;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Embedding.Tests.Models;

/// <summary>A manifest that does not match its network prevents the start with an error.</summary>
public sealed class GraphTests
{
    [Theory]
    [InlineData("input", "name", "\"image\"", "input.name is 'image', the graph has 'pixels'")]
    [InlineData("input", "dtype", "\"uint8\"", "input must be a tensor of UInt8, the graph's 'pixels' is Float")]
    [InlineData("input", "layout", "\"NHWC\"", "input Nhwc of 32 x 24 is [1, 24, 32, 3], the graph's 'pixels' is [?, 3, 24, 32]")]
    [InlineData("input", "width", "64", "input Nchw of 64 x 24 is [1, 3, 24, 64], the graph's 'pixels' is [?, 3, 24, 32]")]
    [InlineData("output", "name", "\"vector\"", "output.name is 'vector', the graph has 'mean'")]
    [InlineData("output", "dimension", "512", "output.dimension is 512, the graph's 'mean' is [?, 3]")]
    public void A_difference_is_reported(string section, string field, string json, string message)
    {
        using var folder = new NetworkFolder(NetworkFolder.MeanOfPlanes, manifest => manifest[section]![field] = JsonNode.Parse(json));
        Rejection(folder).ShouldContain(message);
    }

    [Fact]
    public void A_file_with_another_hash_is_reported_with_both_hashes()
    {
        using var folder = new NetworkFolder(NetworkFolder.MeanOfPlanes);
        File.AppendAllText(Path.Combine(folder.Path, "net.onnx"), " ");
        Rejection(folder).ShouldContain("is not the file of its manifest: its SHA-256 is");
    }

    [Fact]
    public void A_missing_file_is_reported()
    {
        using var folder = new NetworkFolder(NetworkFolder.MeanOfPlanes);
        File.Delete(Path.Combine(folder.Path, "net.onnx"));
        Rejection(folder).ShouldContain("net.onnx can't be read");
    }

    [Fact]
    public void A_file_that_is_not_a_network_is_reported()
    {
        using var folder = new NetworkFolder("no network"u8.ToArray());
        Rejection(folder).ShouldContain("ONNX Runtime does not load");
    }

    private static string Rejection(NetworkFolder folder) => Should.Throw<ModelException>(
        () => OnnxPictureEmbedder.Open(new EmbeddingOptions { ModelPath = folder.Path, Lanes = 1 }, NullLogger.Instance)).Message;
}
