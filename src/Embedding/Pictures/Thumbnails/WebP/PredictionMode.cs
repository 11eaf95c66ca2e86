namespace ImageSearch.Embedding.Pictures.Thumbnails.WebP;

/// <summary>How a macroblock is predicted from its neighbors (RFC 6386, section 12).</summary>
internal enum PredictionMode
{
    /// <summary>Their average (DC_PRED).</summary>
    Average,

    /// <summary>The row above, repeated (V_PRED).</summary>
    Vertical,

    /// <summary>The column to the left, repeated (H_PRED).</summary>
    Horizontal,

    /// <summary>The sum of both, less the pixel between them (TM_PRED).</summary>
    Gradient,
}
