namespace ImageSearch.Embedding.Pictures.Completeness;

/// <summary>Whether the pixels of a JPEG are complete.</summary>
internal enum JpegVerdict
{
    /// <summary>All pixels are present, and the file conforms to the standard.</summary>
    Complete,

    /// <summary>All pixels are present, but a decoder may fail on other bytes.</summary>
    CompleteButMalformed,

    /// <summary>The data ends before the picture does.</summary>
    Truncated,

    /// <summary>Data within the picture is missing or wrong.</summary>
    Damaged,

    /// <summary>Unknown: the coding is not Huffman, or tables are missing.</summary>
    Unknown,
}
