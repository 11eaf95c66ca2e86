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
        RuntimeTelemetry.Forbid();

        // One thread a picture, as many pictures at a time as lanes, one picture a run. Measured on two cores (AVX2), in ms a picture:
        // a run of 1 on one thread 12.2, of 4 12.0, of 8 12.3, so two lanes reach 160 a second; a run of 1 on two threads 6.8 and of 4
        // 6.3, no faster, and 22 as soon as other work holds one of the cores up. Larger runs would take 35 to 90 MB more, let pictures
        // wait for each other and make a picture's vector depend on its company.
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
