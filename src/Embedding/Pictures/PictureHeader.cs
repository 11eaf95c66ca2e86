namespace ImageSearch.Embedding.Pictures;

/// <summary>What a picture says of itself before its pixels are decoded.</summary>
internal sealed record PictureHeader
{
    /// <summary>By its content.</summary>
    internal required PictureType Type { get; init; }

    /// <summary>Columns as stored, before the orientation is applied.</summary>
    internal required int StoredWidth { get; init; }

    /// <summary>Rows as stored.</summary>
    internal required int StoredHeight { get; init; }

    /// <summary>How the stored picture is to be turned.</summary>
    internal Orientation Orientation { get; init; } = new(1);

    /// <summary>Of the decoded picture: bands times their size.</summary>
    internal required int BytesPerPixel { get; init; }

    /// <summary>A progressive JPEG or an interlaced PNG.</summary>
    internal bool IsInterlaced { get; init; }

    /// <summary>A frame of an animated WebP.</summary>
    internal bool IsAnimated { get; init; }

    /// <summary>Columns as seen.</summary>
    internal int Width => Orientation.SwapsAxes ? StoredHeight : StoredWidth;

    /// <summary>Rows as seen.</summary>
    internal int Height => Orientation.SwapsAxes ? StoredWidth : StoredHeight;

    /// <summary>Width times height.</summary>
    internal long Pixels => (long)StoredWidth * StoredHeight;
}
