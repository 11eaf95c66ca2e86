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

    /// <summary>What the network is.</summary>
    internal ModelManifest Manifest { get; }

    /// <summary>Loads the network and holds it against its manifest.</summary>
    /// <exception cref="ModelException">ONNX Runtime does not take the file, or the manifest speaks of another graph.</exception>
    internal static EmbeddingSession Open(ModelManifest manifest)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        // Without these instructions ONNX Runtime's int8 kernels saturate: vectors of the int8 model come out at cosine 0.4 to 0.9 of what
        // they should be. Dequantised it computes alike, only slower. A float32 network is not touched by this.
        if (!ExactInt8.IsSupported) options.AddSessionConfigEntry("session.disable_quant_qdq", "1");

        InferenceSession? session = null;
        try
        {
            // By its path, for large networks keep their weights in files beside it.
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

    /// <summary>Buffers for one more thread.</summary>
    internal TensorLane NewLane() => new(_session, Manifest, _graph);

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
