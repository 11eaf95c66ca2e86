using ImageSearch.Embedding;
using ImageSearch.ServiceDefaults.Settings;

namespace ImageSearch.Silo.Settings;

/// <summary>Declares the settings of <see cref="EmbeddingOptions"/>.</summary>
internal static class EmbeddingDefinitions
{
    public static readonly TextSetting ModelPath = new(
        "MODEL_PATH", Path.Combine(AppContext.BaseDirectory, "models", "lite0-ret-512-sal"), "folder", "Folder of the model, see [models.md](models.md).")
    {
        DefaultDescription = "`models/lite0-ret-512-sal` next to the program",
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
