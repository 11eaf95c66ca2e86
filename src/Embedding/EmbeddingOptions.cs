using ImageSearch.Embedding.Models;

namespace ImageSearch.Embedding;

/// <summary>How pictures are decoded and embedded.</summary>
public sealed class EmbeddingOptions
{
    /// <summary>Minimum number of lanes.</summary>
    public const int MinLanes = 1;

    /// <summary>Maximum number of lanes.</summary>
    public const int MaxLanes = 256;

    /// <summary>Minimum of <see cref="BatchSize"/>.</summary>
    public const int MinBatch = 1;

    /// <summary>Maximum of <see cref="BatchSize"/>.</summary>
    public const int MaxBatch = 128;

    /// <summary>Default of <see cref="BatchSize"/> on a processor, where batches are no faster.</summary>
    public const int DefaultBatch = 1;

    /// <summary>Default of <see cref="BatchSize"/> on a GPU.</summary>
    public const int DefaultDeviceBatch = 16;

    /// <summary>Default length of the queue, in pictures.</summary>
    public const int DefaultQueueLength = 256;

    /// <summary>Minimum length of the queue, in pictures.</summary>
    public const int MinQueueLength = 1;

    /// <summary>Maximum length of the queue, in pictures.</summary>
    public const int MaxQueueLength = 100_000;

    /// <summary>Default of <see cref="LongestWait"/>, in seconds.</summary>
    public const int DefaultQueueSeconds = 3;

    /// <summary>Minimum of <see cref="LongestWait"/>, in seconds.</summary>
    public const int MinQueueSeconds = 1;

    /// <summary>Maximum of <see cref="LongestWait"/>, in seconds: a day.</summary>
    public const int MaxQueueSeconds = 86_400;

    /// <summary>Default of <see cref="PictureTime"/>, in seconds.</summary>
    public const int DefaultPictureSeconds = 5;

    /// <summary>Minimum of <see cref="PictureTime"/>, in seconds.</summary>
    public const int MinPictureSeconds = 1;

    /// <summary>Maximum of <see cref="PictureTime"/>, in seconds.</summary>
    public const int MaxPictureSeconds = 300;

    /// <summary>Default of <see cref="MegapixelLimit"/>.</summary>
    public const int DefaultMegapixels = 64;

    /// <summary>Minimum of <see cref="MegapixelLimit"/>.</summary>
    public const int MinMegapixels = 1;

    /// <summary>Maximum of <see cref="MegapixelLimit"/>.</summary>
    public const int MaxMegapixels = 1000;

    /// <summary>Default of <see cref="DecodeMemoryMegabytes"/>, in MiB.</summary>
    public const int DefaultDecodeMemoryMegabytes = 512;

    /// <summary>Minimum of <see cref="DecodeMemoryMegabytes"/>, in MiB.</summary>
    public const int MinDecodeMemoryMegabytes = 64;

    /// <summary>Maximum of <see cref="DecodeMemoryMegabytes"/>, in MiB.</summary>
    public const int MaxDecodeMemoryMegabytes = 65_536;

    /// <summary>Default number of lanes: one per core, at most <see cref="MaxLanes"/>.</summary>
    public static int DefaultLanes => Math.Min(Environment.ProcessorCount, MaxLanes);

    /// <summary>The folder of the model of new tables, which holds <c>manifest.json</c>. Setting MODEL or MODEL_PATH.</summary>
    public required string ModelPath { get; init; }

    /// <summary>
    /// The arithmetic of the model of new tables. Other values than <see cref="ModelPrecision.Float"/> may take the folder beside
    /// <see cref="ModelPath"/> whose name ends in "-int8". Setting MODEL_PRECISION; default here: the folder itself.
    /// </summary>
    public ModelPrecision Precision { get; init; } = ModelPrecision.Float;

    /// <summary>
    /// Folders whose subfolders are the models of other tables, loaded when a table needs them. Setting MODELS_PATH and the included models.
    /// </summary>
    public IReadOnlyList<string> ModelFolders { get; init; } = [];

    /// <summary>Where networks run. Setting EMBEDDING_DEVICE.</summary>
    public EmbeddingDevice Device { get; init; }

    /// <summary>
    /// Maximum number of pictures in one run of a network; 1: each by itself. Setting EMBEDDING_BATCH,
    /// <see cref="MinBatch"/>..<see cref="MaxBatch"/>; default <see cref="DefaultBatch"/> on a processor, <see cref="DefaultDeviceBatch"/>
    /// on a GPU.
    /// </summary>
    public int BatchSize { get; init; } = DefaultBatch;

    /// <summary>
    /// Pictures processed at a time; each uses one thread for decoding and inference. Setting EMBEDDING_LANES,
    /// <see cref="MinLanes"/>..<see cref="MaxLanes"/>; default <see cref="DefaultLanes"/>.
    /// </summary>
    public int Lanes { get; init; } = DefaultLanes;

    /// <summary>
    /// Pictures that can wait for a lane; more are rejected as busy. Setting EMBEDDING_QUEUE,
    /// <see cref="MinQueueLength"/>..<see cref="MaxQueueLength"/>; default <see cref="DefaultQueueLength"/>.
    /// </summary>
    public int QueueLength { get; init; } = DefaultQueueLength;

    /// <summary>
    /// Longest estimated wait for a lane; a picture that would wait longer is rejected as busy. Setting QUEUE_SECONDS,
    /// <see cref="MinQueueSeconds"/>..<see cref="MaxQueueSeconds"/> s; default <see cref="DefaultQueueSeconds"/> s.
    /// </summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(DefaultQueueSeconds);

    /// <summary>
    /// CPU time that a lane spends on one picture. Setting PICTURE_SECONDS,
    /// <see cref="MinPictureSeconds"/>..<see cref="MaxPictureSeconds"/> s; default <see cref="DefaultPictureSeconds"/> s.
    /// </summary>
    public TimeSpan PictureTime { get; init; } = TimeSpan.FromSeconds(DefaultPictureSeconds);

    /// <summary>
    /// Greatest width times height of a picture, in millions of pixels. Setting MAX_MEGAPIXELS,
    /// <see cref="MinMegapixels"/>..<see cref="MaxMegapixels"/>; default <see cref="DefaultMegapixels"/>.
    /// </summary>
    public int MegapixelLimit { get; init; } = DefaultMegapixels;

    /// <summary>
    /// Memory for all pictures being decoded, as estimated before each, in MiB. Setting DECODE_MEMORY_MB,
    /// <see cref="MinDecodeMemoryMegabytes"/>..<see cref="MaxDecodeMemoryMegabytes"/>; default <see cref="DefaultDecodeMemoryMegabytes"/>.
    /// </summary>
    public int DecodeMemoryMegabytes { get; init; } = DefaultDecodeMemoryMegabytes;

    /// <summary>Whether TIFF pictures are accepted. Setting ALLOW_TIFF; default no.</summary>
    public bool AllowTiff { get; init; }

    /// <summary>Whether AVIF pictures are accepted. Setting ALLOW_AVIF; default no.</summary>
    public bool AllowAvif { get; init; }
}
