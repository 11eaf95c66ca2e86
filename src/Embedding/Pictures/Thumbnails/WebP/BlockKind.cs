namespace ImageSearch.Embedding.Pictures.Thumbnails.WebP;

/// <summary>What a block of coefficients is, which selects its probabilities (RFC 6386, section 13.3).</summary>
internal enum BlockKind
{
    /// <summary>Luma without the DC, which is in <see cref="LumaDcs"/>.</summary>
    Luma = 0,

    /// <summary>The DCs of the 16 luma blocks of a macroblock (Y2).</summary>
    LumaDcs = 1,

    /// <summary>Chroma.</summary>
    Chroma = 2,
}
