using ImageSearch.Embedding.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ImageSearch.Embedding.Inference;

/// <summary>The buffers for runs of several pictures, one run at a time.</summary>
internal sealed class TensorBatch : IDisposable
{
    private readonly InferenceSession _session;
    private readonly EmbeddingGraph _graph;
    private readonly RunOptions _runOptions = new();
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly TensorElementType _element;
    private readonly byte[] _input;
    private readonly float[] _embeddings;
    private readonly float[] _saliencies;
    private readonly int _inputBytes;

    internal TensorBatch(InferenceSession session, ModelManifest manifest, EmbeddingGraph graph, int size)
    {
        if (size > 1 && !graph.TakesBatches)
            throw new ModelException($"{manifest.File} takes one picture at a time; set EMBEDDING_BATCH to 1");
        (_session, _graph, Size) = (session, graph, size);
        _element = manifest.Input.Element == TensorElement.UInt8 ? TensorElementType.UInt8 : TensorElementType.Float;
        _inputBytes = manifest.Input.Width * manifest.Input.Height * 3 * (_element == TensorElementType.Float ? sizeof(float) : 1);
        _input = GC.AllocateArray<byte>(_inputBytes * size, pinned: true);
        _embeddings = GC.AllocateArray<float>(Values(graph.EmbeddingShape) * size, pinned: true);
        _saliencies = GC.AllocateArray<float>(graph.SaliencyShape.Length == 0 ? 0 : Values(graph.SaliencyShape) * size, pinned: true);
        _inputNames = [manifest.Input.Name];
        _outputNames = manifest.Saliency is { } saliency ? [manifest.OutputName, saliency.Name] : [manifest.OutputName];
    }

    /// <summary>Maximum number of pictures.</summary>
    internal int Size { get; }

    /// <summary>Runs the network on the pixels of some lanes and writes the outputs to them.</summary>
    internal void Run(IReadOnlyList<TensorLane> lanes)
    {
        for (var i = 0; i < lanes.Count; i++) lanes[i].Pack().CopyTo(_input.AsSpan(i * _inputBytes, _inputBytes));
        using var input = Wrap(_input, _element, _graph.InputShape, lanes.Count, _inputBytes);
        using var embeddings = Wrap(_embeddings, TensorElementType.Float, _graph.EmbeddingShape, lanes.Count, Values(_graph.EmbeddingShape));
        if (_saliencies.Length == 0)
        {
            _session.Run(_runOptions, _inputNames, [input], _outputNames, [embeddings]);
        }
        else
        {
            using var saliencies = Wrap(_saliencies, TensorElementType.Float, _graph.SaliencyShape, lanes.Count, Values(_graph.SaliencyShape));
            _session.Run(_runOptions, _inputNames, [input], _outputNames, [embeddings, saliencies]);
        }

        var (vector, map) = (Values(_graph.EmbeddingShape), _saliencies.Length / Size);
        for (var i = 0; i < lanes.Count; i++) lanes[i].Receive(_embeddings.AsSpan(i * vector, vector), _saliencies.AsSpan(i * map, map));
    }

    /// <inheritdoc/>
    public void Dispose() => _runOptions.Dispose();

    private static int Values(long[] shape) => (int)shape.Aggregate(1L, (product, axis) => product * axis);

    private static unsafe OrtValue Wrap<T>(T[] pinned, TensorElementType element, long[] shape, int count, int itemLength)
        where T : unmanaged
    {
        long[] batch = [count, .. shape[1..]];
        fixed (T* start = pinned)
            return OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, element, batch, (nint)start, (long)count * itemLength * sizeof(T));
    }
}
