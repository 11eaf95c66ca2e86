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

    /// <summary>How long a picture may have to wait for a lane by what is known; one more is refused as busy, 1..86,400 s. Setting QUEUE_SECONDS.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>CPU time that a lane gives to one picture, 1..300 s. Setting PICTURE_SECONDS.</summary>
    public TimeSpan PictureTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Width times height of a picture, in millions, 1..1000. Setting MAX_MEGAPIXELS.</summary>
    public int MaxMegapixels { get; init; } = 64;

    /// <summary>Memory that decoding may take at a time by its own estimate, in MiB, 64..65,536. Setting DECODE_MEMORY_MB.</summary>
    public int DecodeMemoryMegabytes { get; init; } = 512;

    /// <summary>Whether TIFF pictures are taken. Setting ALLOW_TIFF.</summary>
    public bool AllowTiff { get; init; }

    /// <summary>Whether AVIF pictures are taken. Setting ALLOW_AVIF.</summary>
    public bool AllowAvif { get; init; }
}
