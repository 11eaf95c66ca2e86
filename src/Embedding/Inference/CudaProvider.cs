using ImageSearch.Embedding.Models;
using Microsoft.ML.OnnxRuntime;

namespace ImageSearch.Embedding.Inference;

/// <summary>ONNX Runtime's CUDA execution provider.</summary>
internal static class CudaProvider
{
    private const string Name = "CUDAExecutionProvider";

    /// <summary>Adds the first GPU to the options of a session.</summary>
    /// <exception cref="ModelException">The build, the libraries or the GPU is missing; the message says which.</exception>
    internal static void AddTo(SessionOptions options)
    {
        if (!OrtEnv.Instance().GetAvailableProviders().Contains(Name))
        {
            throw new ModelException(
                "EMBEDDING_DEVICE is cuda, but this build runs on processors only; build it with -p:Gpu=true (Linux, x64), or set EMBEDDING_DEVICE to cpu");
        }

        try
        {
            options.AppendExecutionProvider_CUDA();
        }
        catch (OnnxRuntimeException e)
        {
            // One line: ONNX Runtime adds source files and hints for Python.
            var reason = e.Message.ReplaceLineEndings(" ");
            throw new ModelException(
                "EMBEDDING_DEVICE is cuda, but no GPU can be used; check nvidia-smi, and that the libraries of CUDA and cuDNN are installed "
                + $"(see docs/models.md), or set EMBEDDING_DEVICE to cpu. ONNX Runtime says: {reason}",
                e);
        }
    }
}
