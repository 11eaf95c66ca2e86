using ImageSearch.Embedding.Models;
using Microsoft.ML.OnnxRuntime;

namespace ImageSearch.Embedding.Inference;

/// <summary>A network loaded into ONNX Runtime, shared by all lanes.</summary>
internal sealed class EmbeddingSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly EmbeddingGraph _graph;

    private EmbeddingSession(InferenceSession session, ModelManifest manifest, EmbeddingGraph graph)
    {
        _session = session;
        Manifest = manifest;
        _graph = graph;
    }

    /// <summary>The manifest of the network.</summary>
    internal ModelManifest Manifest { get; }

    /// <summary>Loads the network and checks it against its manifest.</summary>
    /// <exception cref="ModelException">ONNX Runtime does not load the file, or the manifest does not match the graph.</exception>
    internal static EmbeddingSession Open(ModelManifest manifest)
    {
        RuntimeTelemetry.Disable();

        // One thread per picture, one lane per concurrent picture, a batch size of 1. Measured on two cores (AVX2), in ms per picture: on
        // one thread 12.2 with a batch of 1, 12.0 with 4, 12.3 with 8, so two lanes reach 160 pictures per second; on two threads 6.8 with
        // a batch of 1 and 6.3 with 4, which is no faster, and 22 as soon as other work occupies a core. Larger batches need 35 to 90 MB
        // more, make pictures wait for each other, and make the vector of a picture depend on the others in its batch.
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        // Without these instructions the int8 kernels of ONNX Runtime saturate: vectors of the int8 model have a cosine of 0.4 to 0.9 to
        // the correct ones. Dequantized, the model computes the correct vectors, only slower. A float32 network is not affected.
        if (!ExactInt8.IsSupported) options.AddSessionConfigEntry("session.disable_quant_qdq", "1");

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

    /// <summary>Creates the buffers for another thread.</summary>
    internal TensorLane NewLane() => new(_session, Manifest, _graph);

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
