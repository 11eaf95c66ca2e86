using System.Text.Json.Nodes;
using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Tests.Networks;

namespace ImageSearch.Embedding.Tests.Models;

/// <summary>A wrong manifest is reported with the field, its value and what is expected.</summary>
public sealed class ManifestTests
{
    public static TheoryData<string, string?, string> WrongFields() => new()
    {
        { "name", null, "name is missing" },
        { "name", "\"a\\nb\"", "name must be at most 100 printable characters" },
        { "version", null, "version is missing" },
        { "license", null, "license is missing" },
        { "file", null, "file is missing" },
        { "file", "\"../net.onnx\"", "file is '../net.onnx', must be a name in the manifest's folder" },
        { "sha256", null, "sha256 is missing" },
        { "sha256", "\"abc\"", "sha256 is 'abc', must be 64 hexadecimal digits" },
        { "input", null, "input is missing" },
        { "input.name", null, "input.name is missing" },
        { "input.layout", "\"NHCW\"", "input.layout is 'NHCW', must be NHWC or NCHW" },
        { "input.dtype", null, "input.dtype is missing, must be uint8 or float32" },
        { "input.dtype", "\"float16\"", "input.dtype is 'float16', must be uint8 or float32" },
        { "input.channels", "\"RBG\"", "input.channels is 'RBG', must be RGB or BGR" },
        { "input.width", null, "input.width is missing" },
        { "input.width", "7", "input.width is 7, must be 8..2048" },
        { "input.height", "2049", "input.height is 2049, must be 8..2048" },
        { "input.resize", "\"fit\"", "input.resize is 'fit', must be letterbox or crop or stretch" },
        { "input.filter", null, "input.filter is missing, must be bicubic or bilinear or lanczos" },
        { "input.pad", "[0, 0, 0]", "input.pad needs input.resize 'letterbox'" },
        { "input.shortSide", "256", "input.shortSide needs input.resize 'crop'" },
        { "input.minOversampling", "0.9", "input.minOversampling is 0.9, must be 1..2048" },
        { "input.scale", "0", "input.scale is 0, must be over 0" },
        { "input.mean", "[1, 2]", "input.mean has 2 values, must have 3" },
        { "input.std", "[1, 0, 1]", "input.std must hold positive numbers" },
        { "output", null, "output is missing" },
        { "output.name", null, "output.name is missing" },
        { "output.dimension", "1", "output.dimension is 1, must be 2..16384" },
        { "saliency", "{\"name\": \"s\", \"grid\": 4}", "saliency needs a square input with input.resize 'letterbox'" },
        { "saliency", "{\"grid\": 1, \"box\": {\"minPeak\": 2}}", "saliency.name is missing" },
        { "saliency", "{\"grid\": 1, \"box\": {\"minPeak\": 2}}", "saliency.grid is 1, must be 2..512" },
        { "saliency", "{\"grid\": 1, \"box\": {\"minPeak\": 2}}", "saliency.box.minPeak is 2, must be 0..1" },
    };

    [Theory]
    [MemberData(nameof(WrongFields))]
    public void A_wrong_field_is_reported_with_its_value_and_bound(string field, string? json, string message)
    {
        using var folder = new NetworkFolder(NetworkFolder.MeanOfPlanes, manifest => Set(manifest, field, json));
        Should.Throw<ModelException>(() => ManifestReader.Read(folder.Path)).Message.ShouldContain(message);
    }

    [Fact]
    public void All_wrong_fields_are_reported_at_once()
    {
        using var folder = new NetworkFolder(NetworkFolder.MeanOfPlanes, manifest =>
        {
            Set(manifest, "version", null);
            Set(manifest, "input.width", "1");
        });
        Should.Throw<ModelException>(() => ManifestReader.Read(folder.Path)).Message
            .ShouldBe($"{Path.Combine(folder.Path, "manifest.json")}: version is missing; input.width is 1, must be 8..2048");
    }

    [Theory]
    [InlineData("inputs", "could not be mapped")]
    [InlineData("input.widht", "could not be mapped")]
    public void An_unknown_field_is_reported(string field, string message)
    {
        using var folder = new NetworkFolder(NetworkFolder.MeanOfPlanes, manifest => Set(manifest, field, "1"));
        var text = Should.Throw<ModelException>(() => ManifestReader.Read(folder.Path)).Message;
        text.ShouldContain(message);
        text.ShouldContain(field.Split('.')[^1]);
    }

    [Fact]
    public void A_field_of_another_type_is_reported()
    {
        using var folder = new NetworkFolder(NetworkFolder.MeanOfPlanes, manifest => Set(manifest, "input.width", "\"wide\""));
        Should.Throw<ModelException>(() => ManifestReader.Read(folder.Path)).Message.ShouldContain("$.input.width");
    }

    [Fact]
    public void Byte_tensors_have_no_mean_and_deviation()
    {
        using var folder = new NetworkFolder(NetworkFolder.MeanOfBytes, manifest =>
        {
            Set(manifest, "input.dtype", "\"uint8\"");
            Set(manifest, "input.mean", "[0, 0, 0]");
        });
        Should.Throw<ModelException>(() => ManifestReader.Read(folder.Path)).Message.ShouldContain("input.mean and input.std need input.dtype 'float32'");
    }

    [Fact]
    public void A_folder_without_a_manifest_is_reported() =>
        Should.Throw<ModelException>(() => ManifestReader.Read("no-such-folder")).Message
            .ShouldEndWith("manifest.json does not exist: a model is a folder with manifest.json and an ONNX file, set MODEL or MODEL_PATH to one");

    [Theory]
    [InlineData("lite0-ret-512-sal")]
    [InlineData("lite0-ret-512-sal-int8")]
    public void The_shipped_manifests_are_valid(string name)
    {
        var manifest = ManifestReader.Read(Path.Combine(AppContext.BaseDirectory, "models", name));
        manifest.Identity.ShouldBe(new ModelIdentity(name, "1.0.0", 512));
        Should.NotThrow(() => ModelHash.Check(manifest));
    }

    private static void Set(JsonObject manifest, string field, string? json)
    {
        var path = field.Split('.');
        var parent = path.Length == 1 ? manifest : manifest[path[0]]!.AsObject();
        if (json is null) parent.Remove(path[^1]);
        else parent[path[^1]] = JsonNode.Parse(json);
    }
}
