using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Tests.Golden;

/// <summary>The float models, each loaded once for all tests.</summary>
public sealed class GoldenModels : IDisposable
{
    private readonly Dictionary<string, GoldenModel> _models = [];

    internal GoldenModel Open(string model)
    {
        if (_models.TryGetValue(model, out var open)) return open;
        return _models[model] = new GoldenModel(GoldenVersion.Of(model).ModelFolder);
    }

    public void Dispose()
    {
        foreach (var model in _models.Values) model.Dispose();
    }
}

/// <summary>A loaded model with the buffers of one thread.</summary>
internal sealed class GoldenModel : IDisposable
{
    private readonly EmbeddingSession _session;
    private readonly PictureDecoder _decoder;

    internal GoldenModel(string folder)
    {
        Manifest = ManifestReader.Read(Path.Combine(AppContext.BaseDirectory, "models", folder));
        _session = EmbeddingSession.Open(Manifest);
        _decoder = new PictureDecoder(Manifest.Input);
        Lane = _session.NewLane();
    }

    internal ModelManifest Manifest { get; }

    internal TensorLane Lane { get; }

    internal PictureHeader Run(byte[] bytes, PixelBox? box)
    {
        var header = TestPictures.Header(bytes);
        _decoder.Decode(bytes, header, box, Lane.Pixels).ShouldBeNull();
        _session.Run(Lane);
        return header;
    }

    public void Dispose()
    {
        Lane.Dispose();
        _session.Dispose();
    }
}
