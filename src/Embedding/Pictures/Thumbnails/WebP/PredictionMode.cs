namespace ImageSearch.Embedding.Pictures.Thumbnails.WebP;

/// <summary>How a macroblock is predicted from its neighbors (RFC 6386, section 12).</summary>
internal enum PredictionMode
{
    /// <summary>Their average.</summary>
    Average,

    /// <summary>The row above, repeated.</summary>
    Vertical,

    /// <summary>The column to the left, repeated.</summary>
    Horizontal,

    /// <summary>Both, less the pixel between them.</summary>
    Gradient,
}
