namespace ImageSearch.Embedding;

/// <summary>Holds the options against their bounds.</summary>
internal static class EmbeddingOptionsValidator
{
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its bounds; names its setting.</exception>
    internal static void Check(EmbeddingOptions options)
    {
        Check("EMBEDDING_LANES", options.Lanes, 1, 256);
        Check("EMBEDDING_QUEUE", options.QueueLength, 1, 100_000);
        Check("QUEUE_SECONDS", (int)Math.Ceiling(options.LongestWait.TotalSeconds), 1, 86_400);
        Check("PICTURE_SECONDS", (int)Math.Ceiling(options.PictureTime.TotalSeconds), 1, 300);
        Check("MAX_MEGAPIXELS", options.MaxMegapixels, 1, 1000);
        Check("DECODE_MEMORY_MB", options.DecodeMemoryMegabytes, 64, 65_536);
    }

    private static void Check(string setting, int value, int min, int max)
    {
        if (value < min || value > max) throw new ArgumentOutOfRangeException(setting, value, $"{setting} is {value}, must be {min}..{max}");
    }
}
