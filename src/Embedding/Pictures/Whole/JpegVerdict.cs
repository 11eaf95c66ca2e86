namespace ImageSearch.Embedding.Pictures.Whole;

/// <summary>Whether a JPEG's pixels are all there.</summary>
internal enum JpegVerdict
{
    /// <summary>All, and written as the standard asks.</summary>
    Whole,

    /// <summary>All, between bytes that a decoder may stumble over.</summary>
    WholeButOdd,

    /// <summary>The data ends before the picture does.</summary>
    Truncated,

    /// <summary>There are other data than the picture's, or some are missing within.</summary>
    Damaged,

    /// <summary>Not known: another coding than Huffman's, or tables that the file does not have.</summary>
    Unknown,
}
