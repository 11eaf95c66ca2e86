namespace ImageSearch.Embedding.Pictures.Whole;

/// <summary>Passes over the MCUs of a scan, one after the other.</summary>
internal interface IJpegMcus
{
    /// <summary>Begins a part between restart markers.</summary>
    void Restart();

    /// <summary>Whether the data promise no more blocks than were passed over.</summary>
    bool MayEnd { get; }

    /// <summary>Passes over the next MCU.</summary>
    /// <returns>Whether its bits are ones that an encoder writes.</returns>
    bool Pass(ref JpegBits bits);
}
