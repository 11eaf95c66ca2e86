namespace ImageSearch.Embedding;

/// <summary>Where networks run (setting EMBEDDING_DEVICE).</summary>
public enum EmbeddingDevice
{
    /// <summary>On the processor.</summary>
    Cpu,

    /// <summary>On the first NVIDIA GPU. Needs a build with <c>-p:Gpu=true</c>, and the libraries of CUDA and cuDNN.</summary>
    Cuda,
}
