using static ImageSearch.Embedding.EmbeddingOptions;

namespace ImageSearch.Embedding;

/// <summary>Checks the options against their bounds.</summary>
internal static class EmbeddingOptionsValidator
{
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its bounds; names its setting.</exception>
    internal static void Check(EmbeddingOptions options)
    {
        Check("EMBEDDING_LANES", options.Lanes, MinLanes, MaxLanes);
        Check("EMBEDDING_BATCH", options.BatchSize, MinBatch, MaxBatch);
        Check("EMBEDDING_QUEUE", options.QueueLength, MinQueueLength, MaxQueueLength);
        Check("QUEUE_SECONDS", (int)Math.Ceiling(options.LongestWait.TotalSeconds), MinQueueSeconds, MaxQueueSeconds);
        Check("PICTURE_SECONDS", (int)Math.Ceiling(options.PictureTime.TotalSeconds), MinPictureSeconds, MaxPictureSeconds);
        Check("MAX_MEGAPIXELS", options.MegapixelLimit, MinMegapixels, MaxMegapixels);
        Check("DECODE_MEMORY_MB", options.DecodeMemoryMegabytes, MinDecodeMemoryMegabytes, MaxDecodeMemoryMegabytes);
    }

    private static void Check(string setting, int value, int min, int max)
    {
        if (value < min || value > max)
        {
            throw new ArgumentOutOfRangeException(setting, value, $"{setting} is {value}, must be {min}..{max}");
        }
    }
}
