namespace ImageSearch.Embedding.Pictures.Completeness;

/// <summary>Skips the MCUs of a scan one by one.</summary>
internal interface IJpegMcus
{
    /// <summary>Starts a new restart interval.</summary>
    void Restart();

    /// <summary>Whether no pending run of empty blocks extends beyond the skipped MCUs.</summary>
    bool MayEnd { get; }

    /// <summary>Skips the next MCU.</summary>
    /// <returns>Whether its bits are valid.</returns>
    bool TrySkip(ref JpegBits bits);
}
