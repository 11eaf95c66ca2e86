using ImageSearch.Embedding.Models;
using Microsoft.ML.OnnxRuntime;

namespace ImageSearch.Embedding.Inference;

/// <summary>A network loaded into ONNX Runtime, shared by all lanes.</summary>
internal sealed class EmbeddingSession : IDisposable
{
    // Threads beyond these make a network of this size hardly faster.
    private const int MaxThreads = 4;

    private readonly InferenceSession _session;
    private readonly EmbeddingGraph _graph;
    private bool? _isExact;

    private EmbeddingSession(InferenceSession session, ModelManifest manifest, EmbeddingGraph graph)
    {
        _session = session;
        Manifest = manifest;
        _graph = graph;
    }

    /// <summary>The manifest of the network.</summary>
    internal ModelManifest Manifest { get; }

    /// <summary>Whether the session computes the vectors of the model, checked at the first use.</summary>
    /// <exception cref="ModelException">A golden picture can't be read.</exception>
    internal bool IsExact => _isExact ??= GoldenCheck.Passes(this);

    /// <summary>Loads the network and checks it against its manifest.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="threads">
    /// Threads of a run. One is right while every core has a lane with a picture: measured with lite0-ret-512-v2 on two cores (AVX2), two
    /// lanes of one thread embed 165 pictures per second, and two that share two threads 153. A picture that is alone is faster on two: 8.0
    /// instead of 11.6 ms. A batch of 4 or 8 pictures is no faster than one after the other, needs 35 to 90 MB more, makes pictures wait
    /// for each other, and makes the vector of a picture depend on the others.
    /// </param>
    /// <param name="int8Kernels">Whether quantized layers run in 8-bit arithmetic; has no effect on a float32 network.</param>
    /// <param name="device">Where the network runs.</param>
    /// <exception cref="ModelException">ONNX Runtime does not load the file, or the manifest does not match the graph.</exception>
    internal static EmbeddingSession Open(ModelManifest manifest, int threads = 1, bool int8Kernels = true, EmbeddingDevice device = EmbeddingDevice.Cpu)
    {
        RuntimeTelemetry.Disable();
        using var options = new SessionOptions
        {
            IntraOpNumThreads = Math.Min(threads, MaxThreads),
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        // Threads that spin while they wait make a picture that is alone faster (6.5 ms), but take a core from the web server, and a run
        // takes twice the time of one thread as soon as other work occupies a core.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        // Without these instructions the int8 kernels of ONNX Runtime saturate: vectors of the int8 model have a cosine of 0.4 to 0.9 to
        // the correct ones. Dequantized, the model computes the correct vectors, only slower.
        if (!int8Kernels || !ExactInt8.IsSupported) options.AddSessionConfigEntry("session.disable_quant_qdq", "1");

        if (device == EmbeddingDevice.Cuda) CudaProvider.AddTo(options);

        InferenceSession? session = null;
        try
        {
            // By path, because large networks keep their weights in files beside the model.
            session = new InferenceSession(manifest.File, options);
            return new EmbeddingSession(session, manifest, EmbeddingGraph.Check(session, manifest));
        }
        catch (OnnxRuntimeException e)
        {
            session?.Dispose();
            throw new ModelException($"ONNX Runtime does not load {manifest.File}: {e.Message}", e);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    /// <summary>Loads the network of a table: checks its file, with the threads and the device of the options.</summary>
    /// <inheritdoc cref="Open(ModelManifest, int, bool, EmbeddingDevice)" path="/exception"/>
    internal static EmbeddingSession Open(ModelManifest manifest, EmbeddingOptions options)
    {
        ModelHash.Check(manifest);
        return Open(manifest, LoadedModel.ThreadsOf(options), device: options.Device);
    }

    /// <summary>Creates the buffers for another thread.</summary>
    internal TensorLane NewLane() => new(Manifest, _graph);

    /// <summary>Runs the network on the pixels of a lane.</summary>
    internal void Run(TensorLane lane) => lane.RunOn(_session);

    /// <summary>Creates the buffers for runs of several pictures.</summary>
    /// <param name="size">Maximum number of pictures.</param>
    /// <exception cref="ModelException">The graph takes one picture only.</exception>
    internal TensorBatch NewBatch(int size) => new(_session, Manifest, _graph, size);

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
