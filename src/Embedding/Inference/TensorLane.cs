using System.Runtime.InteropServices;
using ImageSearch.Embedding.Models;
using Microsoft.ML.OnnxRuntime;

namespace ImageSearch.Embedding.Inference;

/// <summary>The buffers of one thread, which runs the network on one picture at a time. Nothing is allocated per picture.</summary>
internal sealed class TensorLane : IDisposable
{
    private readonly RunOptions _runOptions = new();
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly OrtValue[] _inputs;
    private readonly OrtValue[] _outputs;
    private readonly float[] _embedding;
    private readonly float[] _saliency;
    private readonly Action? _pack;
    private readonly Func<ReadOnlySpan<byte>> _input;

    internal TensorLane(ModelManifest manifest, EmbeddingGraph graph)
    {
        var input = manifest.Input;
        // Pinned arrays: the network reads and writes them in place.
        Pixels = GC.AllocateArray<byte>(input.Width * input.Height * 3, pinned: true);
        _embedding = GC.AllocateArray<float>(manifest.Identity.Dimension, pinned: true);
        _saliency = GC.AllocateArray<float>(manifest.Saliency is { } map ? map.Grid * map.Grid : 0, pinned: true);
        _inputNames = [input.Name];
        (_inputs, _pack, _input) = Input(input, graph.InputShape);
        _outputNames = manifest.Saliency is { } saliency ? [manifest.OutputName, saliency.Name] : [manifest.OutputName];
        _outputs = manifest.Saliency is null
            ? [Wrap(_embedding, graph.EmbeddingShape)]
            : [Wrap(_embedding, graph.EmbeddingShape), Wrap(_saliency, graph.SaliencyShape)];
    }

    /// <summary>The input picture: red, green and blue, row by row.</summary>
    internal byte[] Pixels { get; }

    /// <summary>The vector of the last picture, not normalized.</summary>
    internal ReadOnlySpan<float> Embedding => _embedding;

    /// <summary>The saliency map of the last picture; empty if the network has no such output.</summary>
    internal ReadOnlySpan<float> Saliency => _saliency;

    /// <summary>The bytes of the network's input for <see cref="Pixels"/>.</summary>
    internal ReadOnlySpan<byte> Pack()
    {
        _pack?.Invoke();
        return _input();
    }

    /// <summary>Receives the outputs of a run of several pictures.</summary>
    internal void Receive(ReadOnlySpan<float> embedding, ReadOnlySpan<float> saliency)
    {
        embedding.CopyTo(_embedding);
        saliency.CopyTo(_saliency);
    }

    /// <summary>Runs a session of the network on <see cref="Pixels"/>.</summary>
    internal void RunOn(InferenceSession session)
    {
        _pack?.Invoke();
        session.Run(_runOptions, _inputNames, _inputs, _outputNames, _outputs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var value in _inputs) value.Dispose();
        foreach (var value in _outputs) value.Dispose();
        _runOptions.Dispose();
    }

    // The pixels of the default model need no packing.
    private (OrtValue[] Inputs, Action? Pack, Func<ReadOnlySpan<byte>> Bytes) Input(InputSpec input, long[] shape)
    {
        if (input.Element == TensorElement.Float32)
        {
            return Packed<float>(input, shape, (level, channel) => (float)(((level * input.Scale) - input.Mean[channel]) / input.Deviation[channel]));
        }

        return input is { Layout: TensorLayout.Nhwc, Channels: ChannelOrder.Rgb }
            ? ([Wrap(Pixels, shape)], null, () => Pixels)
            : Packed<byte>(input, shape, (level, _) => (byte)level);
    }

    private (OrtValue[] Inputs, Action Pack, Func<ReadOnlySpan<byte>> Bytes) Packed<T>(InputSpec input, long[] shape, Func<int, int, T> value)
        where T : unmanaged
    {
        var packing = new TensorPacking<T>(input, value);
        var tensor = GC.AllocateArray<T>(Pixels.Length, pinned: true);
        return ([Wrap(tensor, shape)], () => packing.Pack(Pixels, tensor), () => MemoryMarshal.AsBytes<T>(tensor));
    }

    private static OrtValue Wrap<T>(T[] pinned, long[] shape)
        where T : unmanaged =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, pinned.AsMemory(), shape);
}
