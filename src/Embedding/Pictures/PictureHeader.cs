namespace ImageSearch.Embedding.Pictures;

/// <summary>The properties of a picture before its pixels are decoded.</summary>
internal sealed record PictureHeader
{
    /// <summary>The type by content.</summary>
    internal required PictureType Type { get; init; }

    /// <summary>Columns as stored, before the orientation is applied.</summary>
    internal required int StoredWidth { get; init; }

    /// <summary>Rows as stored.</summary>
    internal required int StoredHeight { get; init; }

    /// <summary>The orientation for display.</summary>
    internal Orientation Orientation { get; init; } = new(1);

    /// <summary>Bytes per pixel of the decoded picture: bands times their size.</summary>
    internal required int BytesPerPixel { get; init; }

    /// <summary>Whether it is a progressive JPEG or an interlaced PNG.</summary>
    internal bool IsInterlaced { get; init; }

    /// <summary>Whether it is a frame of an animated WebP.</summary>
    internal bool IsAnimated { get; init; }

    /// <summary>Columns as displayed.</summary>
    internal int Width => Orientation.SwapsAxes ? StoredHeight : StoredWidth;

    /// <summary>Rows as displayed.</summary>
    internal int Height => Orientation.SwapsAxes ? StoredWidth : StoredHeight;

    /// <summary>Width times height.</summary>
    internal long Pixels => (long)StoredWidth * StoredHeight;
}
