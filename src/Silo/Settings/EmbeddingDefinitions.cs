using ImageSearch.Embedding;
using ImageSearch.Embedding.Models;
using ImageSearch.ServiceDefaults.Settings;

namespace ImageSearch.Silo.Settings;

/// <summary>Declares the settings of <see cref="EmbeddingOptions"/>.</summary>
internal static class EmbeddingDefinitions
{
    public static readonly TextSetting Model = new(
        "MODEL", ModelFolder.DefaultName, "name of a folder in `models` next to the program or in MODELS_PATH",
        "Model of new tables, see [models.md](models.md).")
    {
        Accepts = name => name.Length > 0 && name == Path.GetFileName(name) && name is not ("." or ".."),
        ErrorBound = "the name of a folder",
    };

    public static readonly EnumSetting<ModelPrecision> Precision = new(
        "MODEL_PRECISION", ModelPrecision.Auto,
        "Arithmetic of MODEL.");

    public static readonly OptionalTextSetting ModelsPath = new(
        "MODELS_PATH", "folder", "Folder whose subfolders are further models that tables may have.")
    {
        ErrorBound = "a folder that exists",
    };

    public static readonly OptionalTextSetting ModelPath = new(
        "MODEL_PATH", "folder", "Folder of the model of new tables, instead of MODEL and MODEL_PRECISION.");

    public static readonly NumberSetting SearchCacheMegabytes = new(
        "SEARCH_CACHE_MB", 16, 0, 65_536, "MB", "Memory for the vectors of searched pictures, which are not embedded again.");

    public static readonly EnumSetting<EmbeddingDevice> Device = new("EMBEDDING_DEVICE", EmbeddingDevice.Cpu, "Where the models run.");

    public static readonly OptionalNumberSetting BatchSize = new(
        "EMBEDDING_BATCH", EmbeddingOptions.MinBatch, EmbeddingOptions.MaxBatch, "pictures", "Maximum number of pictures in one run of a model.")
    {
        DefaultDescription = $"{EmbeddingOptions.DefaultBatch}, with `cuda` {EmbeddingOptions.DefaultDeviceBatch}",
    };

    public static readonly NumberSetting Lanes = new(
        "EMBEDDING_LANES", EmbeddingOptions.DefaultLanes, EmbeddingOptions.MinLanes, EmbeddingOptions.MaxLanes, "pictures",
        "Number of pictures processed concurrently.")
    {
        DefaultDescription = "number of cores",
    };

    public static readonly NumberSetting QueueLength = new(
        "EMBEDDING_QUEUE", EmbeddingOptions.DefaultQueueLength, EmbeddingOptions.MinQueueLength, EmbeddingOptions.MaxQueueLength, "pictures",
        "Number of pictures that may wait.");

    public static readonly NumberSetting QueueSeconds = new(
        "QUEUE_SECONDS", EmbeddingOptions.DefaultQueueSeconds, EmbeddingOptions.MinQueueSeconds, EmbeddingOptions.MaxQueueSeconds, "s",
        "Longest expected wait of a picture.");

    public static readonly NumberSetting PictureSeconds = new(
        "PICTURE_SECONDS", EmbeddingOptions.DefaultPictureSeconds, EmbeddingOptions.MinPictureSeconds, EmbeddingOptions.MaxPictureSeconds, "s",
        "Maximum CPU time for one picture.");

    public static readonly NumberSetting Megapixels = new(
        "MAX_MEGAPIXELS", EmbeddingOptions.DefaultMegapixels, EmbeddingOptions.MinMegapixels, EmbeddingOptions.MaxMegapixels, "million pixels",
        "Maximum size of a picture.");

    public static readonly NumberSetting DecodeMemoryMegabytes = new(
        "DECODE_MEMORY_MB", EmbeddingOptions.DefaultDecodeMemoryMegabytes, EmbeddingOptions.MinDecodeMemoryMegabytes,
        EmbeddingOptions.MaxDecodeMemoryMegabytes, "MB", "Memory for decoding, shared by all pictures.");

    public static readonly BooleanSetting AllowTiff = new("ALLOW_TIFF", false, "If true, TIFF is accepted too.");

    public static readonly BooleanSetting AllowAvif = new("ALLOW_AVIF", false, "If true, AVIF is accepted too.");
}
