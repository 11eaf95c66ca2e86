using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Pictures;
using ImageSearch.Embedding.Pictures.Structure;
using ImageSearch.Embedding.Vips;

namespace ImageSearch.Embedding.Tests.Retrieval;

/// <summary>Embeds pictures with a changed manifest, on all processors.</summary>
internal sealed class Embedder : IDisposable
{
    private readonly EmbeddingSession _session;
    private readonly PictureDecoder _decoder;
    private readonly PictureHeaderReader _headers;

    internal Embedder(string model, Func<ModelManifest, ModelManifest>? change = null)
    {
        VipsLibrary.EnsureStarted();
        Manifest = Load(model);
        if (change is not null) Manifest = change(Manifest);
        _session = EmbeddingSession.Open(Manifest);
        _decoder = new PictureDecoder(Manifest.Input);
        _headers = new PictureHeaderReader(new EmbeddingOptions { ModelPath = model });
    }

    internal ModelManifest Manifest { get; }

    /// <summary>A folder, or the name of one of the included models.</summary>
    internal static ModelManifest Load(string model) =>
        ManifestReader.Read(Directory.Exists(model) ? model : Path.Combine(AppContext.BaseDirectory, "models", model));

    internal T[] Each<T>(IReadOnlyList<string> files, Func<TensorLane, Picture, T> measure)
    {
        var results = new T[files.Count];
        Parallel.For(0, files.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, _session.NewLane, (i, _, lane) =>
        {
            results[i] = measure(lane, Open(files[i]));
            return lane;
        }, lane => lane.Dispose());
        return results;
    }

    /// <summary>The vector of the picture or of a box of it.</summary>
    internal float[] Embed(TensorLane lane, Picture picture, PixelBox? box = null)
    {
        Decode(picture, box, lane.Pixels);
        _session.Run(lane);
        return UnitVector.Of(lane.Embedding) ?? throw new InvalidOperationException($"{picture.File} has no vector");
    }

    internal void Decode(Picture picture, PixelBox? box, Span<byte> pixels)
    {
        if (_decoder.Decode(picture.Bytes, picture.Header, box, pixels) is { } failure)
            throw new InvalidOperationException($"{picture.File}: {failure.Message}");
    }

    internal Picture Open(string file)
    {
        var bytes = File.ReadAllBytes(file);
        if (!_headers.TypeOf(bytes).TryGet(out var type, out var failure)) throw new InvalidOperationException($"{file}: {failure.Message}");
        EssentialFile.Of(type, bytes, int.MaxValue, out var copy);
        using (copy)
        {
            if (copy is not null) bytes = copy.Content.ToArray();
        }

        return _headers.Read(type, bytes).TryGet(out var header, out failure)
            ? new Picture(file, bytes, header)
            : throw new InvalidOperationException($"{file}: {failure.Message}");
    }

    public void Dispose() => _session.Dispose();
}

internal sealed record Picture(string File, byte[] Bytes, PictureHeader Header);
