namespace ImageSearch.Embedding;

/// <summary>How pictures are decoded and embedded.</summary>
public sealed class EmbeddingOptions
{
    /// <summary>The model's folder, which holds <c>manifest.json</c>. Setting MODEL_PATH.</summary>
    public required string ModelPath { get; init; }

    /// <summary>Pictures worked on at a time, 1..256; each takes one thread for decoding and inference. Setting EMBEDDING_LANES; default one a core.</summary>
    public int Lanes { get; init; } = Environment.ProcessorCount;

    /// <summary>Pictures that may wait for a lane, 1..100,000; one more is refused as busy. Setting EMBEDDING_QUEUE.</summary>
    public int QueueLength { get; init; } = 256;

    /// <summary>Memory that decoding may take at a time by its own estimate, in MiB, 64..65,536. Setting DECODE_MEMORY_MB.</summary>
    public int DecodeMemoryMegabytes { get; init; } = 512;

    /// <summary>Whether TIFF pictures are taken. Setting ALLOW_TIFF.</summary>
    public bool AllowTiff { get; init; }

    /// <summary>Whether AVIF pictures are taken. Setting ALLOW_AVIF.</summary>
    public bool AllowAvif { get; init; }
}
