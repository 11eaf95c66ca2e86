namespace ImageSearch.Embedding.Pictures;

/// <summary>What a picture says of itself before its pixels are decoded.</summary>
/// <param name="Type">By its content.</param>
/// <param name="StoredWidth">Columns as stored, before the orientation is applied.</param>
/// <param name="StoredHeight">Rows as stored.</param>
/// <param name="Orientation">How the stored picture is to be turned.</param>
/// <param name="BytesPerPixel">Of the decoded picture: bands times their size.</param>
/// <param name="IsInterlaced">A progressive JPEG or an interlaced PNG.</param>
internal sealed record PictureHeader(
    PictureType Type, int StoredWidth, int StoredHeight, Orientation Orientation, int BytesPerPixel, bool IsInterlaced)
{
    /// <summary>Columns as seen.</summary>
    internal int Width => Orientation.SwapsAxes ? StoredHeight : StoredWidth;

    /// <summary>Rows as seen.</summary>
    internal int Height => Orientation.SwapsAxes ? StoredWidth : StoredHeight;

    /// <summary>Width times height.</summary>
    internal long Pixels => (long)StoredWidth * StoredHeight;

    /// <summary>Whether nothing can be had before all of the file is decoded and kept in an expensive form.</summary>
    internal bool IsDecodedWhole => IsInterlaced || Type == PictureType.Avif;
}
